import { isPopular } from "../names/known.ts";
import { places } from "../normalise/wrapping.ts";

/**
 * Words between two names, or between a name and what else stands in its field, in the bytes of a token: who acts for
 * whom, how somebody is called otherwise, what somebody is to another, what kind of number or place follows. Beside one
 * of them a name begins or ends. Short forms are written without their marks: `d/b/a` and `d.b.a.` are `dba`.
 * Changing the table changes `engineVersion`.
 */
export const joiningWords: ReadonlySet<string> = new Set(
  // And, or.
  (
    "and or und oder et ou en y i e o u ve veya ili ya wa aw og och eller " +
    "plus jt jtwros joint jointly ors others various " +
    "the to from with at in please pay paid payable credit debit client customer payee payer mr mrs ms " +
    // For, by, through.
    "for of by through via per pro pp ppa cc c o on behalf favour favor order instruction instructions upon care co cof attn attention att fao ifo poa pod itf tod udt uta atf obo fbo ffc bfo iro ito " +
    "acting agent nominee nominees trustee trustees trust custodian guardian executor executors executrix administrator administrators curator " +
    "proxy representing represented rep signatory signed under power holder account accounts acct ac sub beneficiary benefit bene ubo owned owner owners " +
    "controlled parent subsidiary affiliate division branch office head main representation filiale succursale sucursal filial agencia agentur niederlassung zweigstelle " +
    "im auftrag namens fur fuer zugunsten zu handen zh zhd hd bei durch vertreten vertretung bevollmachtigter inhaber inh treuhander wegen " +
    "pour compte nom chez represente representee mandataire titulaire beneficiaire agissant fbo aupres " +
    "por cuenta nombre representado representada titular favor apoderado conta nome procurador representante cargo cuidado " +
    "per conto presso rappresentato rappresentata delegato intestatario namens tav inzake gemachtigde vertegenwoordigd rekening " +
    "adina adi hesabina vekili vekaleten eliyle temsilcisi lehine araciligiyla " +
    "dlya cherez ot imeni porucheniyu litse v litso polzu schet predstavitel doverennosti " +
    "bism niyabatan hisab " +
    // Otherwise called, formerly called.
    "dba ta tradingas trading as doing aka nka fka alias aliases also known named called styled formerly previously former previous prev ex now born nee ne " +
    "genannt alias auch bekannt vormals ehemals fruher frueher geb geborene geboren firmierend " +
    "dit dite connu connue sous anciennement ancien ancienne nommee nomme " +
    "como conocido conocida llamado llamada antes anteriormente antiguamente dicho conhecido conhecida chamado antigamente " +
    "detto detta conosciuto conosciuta noto nota gia precedentemente chiamato bekend voorheen genaamd handelend onder naam " +
    "nami diger eski bilinen namidiger on zhe ona izvestnyy izvestnyi izvestnaya ranee byvshiy byvshii byvshaya urozhdennaya imenuemyy almaruf almarwf " +
    // Offices, and departments of firms.
    "director directors manager managing president chairman chairwoman chairperson ceo cfo coo cto secretary treasurer minister ambassador governor " +
    "general officer chief deputy senior assistant partner member directeur gerant direktor geschaftsfuhrer vorstand gerente presidente amministratore generalnyy generalnyi " +
    "dept department treasury payroll hr finance accounting desk section division team unit abteilung departamento service reparto otdel " +
    "ord order orden ordre invoice inv payment repayment loan rent salary wages fee fees deposit refund transfer remittance " +
    // Kin, and those who are dead.
    "estate estates late deceased decd heirs heir successors successor wife husband spouse widow widower son daughter sons mother father brother sister child minor " +
    "witwe witwer ehefrau ehemann sohn tochter erben erbengemeinschaft nachlass veuve veuf epouse epoux fils fille heritiers succession feu " +
    "viuda viudo esposa esposo hijo hija herederos sucesion viuva filho filha herdeiros esposo vedova vedovo moglie marito figlio figlia eredi " +
    "weduwe zoon dochter erven echtgenote karisi kocasi oglu kizi mirascilari esi zhena muzh syn doch vdova nasledniki " +
    // Titles that the classes do not know.
    "mme mlle excellency his her highness honorable honourable hon rev reverend sig sigra signore sra srta dipl ing mag dott " +
    // What kind of number or address follows.
    "tel telephone phone ph fax mob mobile cell email mail www http https web info id passport pass no nr num number ref iban bic swift inn ogrn kpp vat tin " +
    "tax reg registration dob pob dod date birth nationality citizen national po box pobox bp apartado postfach " +
    "apt apartment flat suite ste unit floor fl room cedex zip postcode"
  ).split(" "),
);

/** Those among them that stand in names in another script, as written there, in small letters. */
export const joiningWordsOfScripts: ReadonlySet<string> = new Set(
  "и или для через от имени он она же известный известная ранее бывший урожденная вдова жена сын дочь наследники باسم المعروف لحساب بواسطة و أو".split(
    " ",
  ),
);

/** Those that join equals: `Gold & Silver` may be one firm, so a single word beside one of them need not be a name. */
export const conjunctions: ReadonlySet<string> = new Set(
  "and or und oder et ou en y i e o u ve veya ili og och eller".split(" "),
);

/** Parts of addresses, which are called after people, towns and ships: no single word beside one of them is a name. */
export const streetWords: ReadonlySet<string> = new Set(
  (
    "street st str strasse road rd avenue ave av lane ln drive blvd boulevard square building bldg block house tower rue calle via ulitsa ul ulica prospekt cad " +
    "caddesi sok sokak mah mahallesi platz weg allee district province region oblast city town village county state country federation united kingdom republic"
  ).split(" "),
);

const shortPlaces: ReadonlySet<string> = new Set("uae usa ksa prc".split(" "));

/** Words of countries and cities that are nobody's name. */
export const placeWords: ReadonlySet<string> = new Set(
  [...places]
    .flatMap((place) => place.split(/[ '-]/))
    .filter((word) => (word.length > 3 || shortPlaces.has(word)) && !isPopular(word)),
);
