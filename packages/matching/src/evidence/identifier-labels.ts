import { foldText } from "./fold-text.ts";
import type { AskedKind } from "./identifier-keys.ts";

/** What a word says of the number beside it. */
export interface IdentifierLabel {
  readonly kind: AskedKind;
  /** It says other things, too, so that a short number beside it is mostly nobody's. */
  readonly vague: boolean;
}

/**
 * Words that say what the number beside them is, by kind, in the languages of payments and lists. One word of each
 * phrase suffices: `passport` of `passport number`, `سفر` of `جواز سفر رقم`. A star: words that begin so. A question mark:
 * a vague one. Chinese, Japanese, Korean and Thai ones are found within longer words, for those stand without spaces.
 */
const words: Readonly<Partial<Record<AskedKind, readonly string[]>>> = {
  PASSPORT: [
    "passport* pasport* passaport* passeport* pasaport* passapor* paspoort* reisepass* reisepaß* paszport* reisedokument*",
    "pasapo* putovnic* pasoš* útlevél* vegabréf* passinumero pase passi ppt ppno ppn ppnr pp pno ccpt laissez laissezpasser",
    "travel? pass? pas? passinro cestovni cestovný pasas pašas пас? паспорт* пасспорт* загранпаспорт* пашпарт* пасош*",
    "διαβατηρι* პასპორტ* անձնագիր* جواز الجواز جوازات سفر السفر گذرنامه پاسپورت پاسپورټ دركون דרכון पासपोर्ट পাসপোর্ট",
    "护照 護照 旅券 パスポート 여권 หนังสือเดินทาง hochieu chiếu",
  ],
  NATIONAL_ID: [
    "nidn nid natid nationalid nationalno cnic nicop nicno nic nrc nrcno nrn nik ktp dni nie curp cpf cnp cnps pesel jmbg embg",
    "oib tckn tckimlik kimlik aadhaar aadhar bvn nin nino ssn snils egn rodne personnummer personnr fodselsnummer fødselsnummer",
    "cprno bsn isikukood identi* idcard idno idnr citizen* emiratesid eid civilid civil? cedula* cédula* ced taz* mykad nric cin",
    "cni hkid tarjeta? personalausweis* ausweis* codice? codicefiscale personal? national? nacional? nationale? matricula? military?",
    "iqama* voter? tazkira* teudat social? удостовер* снилс личност* посвідчен* иин жсн пинфл егн енч рнн жмбг",
    "الهوية هوية هويه بطاقة بطاقه البطاقة الوطني وطني وطنی الوطنية القومي قومي الاقامة اقامة المدني مدني ملی شناسنامه کدملی",
    "تذکره کارت זהות תז आधार 身份证 身分證 身份證 個人番号 マイナンバー 주민등록 주민번호 บัตรประชาชน cccd cmnd",
  ],
  TAX_ID: [
    "inn tin txid taxid taxno taxnr taxcode taxnumber tax? taxpayer* vat? vatin vatid vatno vatnr vatreg mwst? mwstnr ust? ustid* ustnr",
    "steuer* stnr uidnr tva? tvanr iva? piva partitaiva partita? btw? btwnr moms? momsnr alv? nif cif nit rfc ruc rif rut run? cuit cuil",
    "cnpj gst? gstin gstno pan? panno abn acn tfn ein fein itin atin utr vkn vergi* npwp afm nip dic dič icdph ico ičo cui pib edb eik",
    "bulstat fiscal? fiscale? fiscaal? fiskal* siret siren kra? krapin ntn strn trn nipc nuis nipt unp ynp ipn rnokpp edrpou okpo",
    "bin? iin kennitala adoszam adószám porez* davcna davčna maksu? ytunnus nalog* инн налог* ипн рнокпп єдрпоу едрпоу егрпоу",
    "унп унн бин ндс? пдв? пиб еик булстат данъч* едб податк* стир αφμ φπα? ضريبي الضريبي ضريبية الضريبية مالیاتی اقتصادی",
    "עוסק 税号 稅號 税务 稅務 纳税人 納稅 信用代码 信用代碼 統一編號 统一编号 법인번호 사업자 法人番号 ผู้เสียภาษี uscc",
  ],
  REGISTRATION: [
    "reg? regd? regno regnr regnum registration* registr* registered? rejestr* handelsregister* handelsreg hrb hra amtsgericht crn crno cr?",
    "company? companies? companyno companynumber companyreg coregno ogrn ogrnip egrn egrul srn psrn grn krs regon rcs kbo bce kvk cvr",
    "orgnr orgno organisasjonsnummer organisationsnummer uen ubn brn brno br? acra? llpin cinno mersis ticaret sicil* tradelicen* license?",
    "licence? licencia? duns incorporation incorp* nire rccm rcno cacno огрн огрнип регистр* рег? регном окпо егрн егрюл бик",
    "свидетельств* лицензи* سجل السجل تجاري التجاري تجارية رخصة ترخيص ثبت شناسه 注册号 註冊號 注册 登记 登記 工商 组织机构",
    "組織機構 营业执照 등록번호 登録番号 ทะเบียน",
  ],
  OTHER: ["id? ids? identifier? document* doc? dok? dokument* документ* док? وثيقة رقم شماره 证件 證件 号码 號碼 番号"],
  IMO: ["imo imono imonr imonumber имо vessel* ship ships mv tanker* судн* корабл* سفينة السفينة کشتی 船"],
  MMSI: ["mmsi mmsino ммси"],
  BIC: ["bic bicfi biccode swift swiftbic bicswift swiftcode свифт свіфт سويفت سوئیفت 银行代码"],
  LEI: ["lei leicode leino"],
  IBAN: ["iban ibanno ибан ايبان آيبان"],
  PHONE: [
    "tel telno telnr tele telephone* telefon* teléfono* telef* phone phones phoneno phn ph fon fono mob mobile* mobil* movil móvil cell",
    "cellular celular handy gsm fax telefax whatsapp* whatsap wa viber signal telegram call contact kontakt sms tlf tfno hp puh* тел",
    "телефон* моб мобил* факс вотсап ватсап вайбер τηλ κιν هاتف الهاتف تلفون جوال موبايل موبایل تلفن همراه فاكس فکس טלפון",
    "电话 電話 手机 手機 携帯 전화 โทร",
  ],
};

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Words by their whole, by their first letters, and those to be found within others. */
const whole = new Map<string, IdentifierLabel>();
const beginnings = new Map<string, [string, IdentifierLabel][]>();
const within: [string, IdentifierLabel][] = [];
/** Letters by which the words with a star are kept. */
const FIRST = 3;
const LONGEST_LABEL = 20;

for (const [kind, lines] of Object.entries(words) as [AskedKind, readonly string[]][])
  for (const word of lines.flatMap((line) => line.split(" "))) {
    const plain = foldText(word)
      .text.toLowerCase()
      .replaceAll(/[^\p{L}]/gu, "");
    const label = { kind, vague: word.endsWith("?") };
    if (unspaced.test(word)) within.push([plain, label]);
    else if (word.endsWith("*")) {
      const first = plain.slice(0, FIRST);
      beginnings.set(first, [...(beginnings.get(first) ?? []), [plain, label]]);
    } else if (!whole.has(plain)) whole.set(plain, label);
  }

const nonAscii = /[\u0080-\uffff]/;

/** Letters with which a word of a folded text begins and which are a label by themselves: of `passportAD`, those of `passport`. */
export function stemOf(word: string): number {
  const lower = word.toLowerCase();
  for (const [beginning] of beginnings.get(lower.slice(0, FIRST)) ?? [])
    if (lower.startsWith(beginning)) return beginning.length;
  for (let length = Math.min(word.length - 1, LONGEST_LABEL); length >= 2; length--)
    if (whole.has(lower.slice(0, length))) return length;
  return 0;
}

/** What a word of a folded text says, written in either case, or null. */
export function labelOf(word: string): IdentifierLabel | null {
  if (word.length < 2 || word.length > LONGEST_LABEL * 2) return null;
  const lower = word.toLowerCase();
  const found = whole.get(lower);
  if (found !== undefined) return found;
  const longer = beginnings.get(lower.slice(0, FIRST));
  if (longer !== undefined) for (const [beginning, label] of longer) if (lower.startsWith(beginning)) return label;
  if (nonAscii.test(lower)) for (const [part, label] of within) if (lower.includes(part)) return label;
  return null;
}
