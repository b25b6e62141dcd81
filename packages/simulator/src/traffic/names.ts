/** Where an innocent party lives and what people and firms are called there. Invented combinations of common names. */
export interface Culture {
  readonly country: string;
  readonly towns: readonly string[];
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly firms: readonly string[];
  /** Which part of a person's name stands first. */
  readonly order: "given-first" | "family-first";
}

function words(text: string): readonly string[] {
  return text.split(" ");
}

function phrases(text: string): readonly string[] {
  return text.split("; ");
}

/**
 * Names of many cultures and two scripts besides Latin. Chosen to be ordinary and far from every listed name: the test
 * compares all combinations with the lists.
 */
export const cultures: readonly Culture[] = [
  {
    country: "GB",
    towns: words("Leeds Cardiff Dundee Norwich Plymouth"),
    given: words("Harriet Rupert Imogen Alistair Bronwen Gareth Poppy Duncan Felicity Nigel"),
    family: words("Hargreaves Thistlewood Pemberton Llewellyn McAllister Cartwright Winterbourne Ramsbottom"),
    firms: phrases(
      "Thistle & Oak Joinery Ltd; Pennine Kettle Repairs Ltd; Saltmarsh Canoe Hire LLP; Old Forge Tea Rooms Ltd",
    ),
    order: "given-first",
  },
  {
    country: "DE",
    towns: words("Kassel Ulm Rostock Bochum"),
    given: words("Annegret Jürgen Lieselotte Thorsten Heike Dietmar Wiebke Götz"),
    family: words("Schnabelmann Krautwurst Niedermayer Öttinger Löwenherz Pfannkuch Großkopf"),
    firms: phrases("Bäckerei Sonnenblick GmbH; Uhrmacher Feldhaus GmbH; Wiesengrund Gartenbau KG"),
    order: "given-first",
  },
  {
    country: "FR",
    towns: words("Nantes Rennes Dijon Annecy"),
    given: words("Capucine Thibault Maëlys Corentin Océane Gwenaël Éloïse Clotilde"),
    family: words("Beauregard Charpentier Desrosiers Lachaume Vaillancourt Peltier Fontanel"),
    firms: phrases("Boulangerie du Pont Neuf SARL; Les Vergers de Saint-Aubin SARL; Librairie Papyrus SAS"),
    order: "given-first",
  },
  {
    country: "ES",
    towns: words("Vigo Murcia Gijón Cuenca"),
    given: words("Macarena Íñigo Rocío Gonzalo Itziar Nuria Begoña Álvaro"),
    family: phrases("Zubizarreta; Echeverría Soto; Peñalver; Ruipérez; Castañeda Rey; Montalbán; Urquijo"),
    firms: phrases("Cerámicas Luna Nueva SL; Aceites Sierra Clara SL; Talleres Rueda Loca SL"),
    order: "given-first",
  },
  {
    country: "PL",
    towns: words("Poznań Gdynia Rzeszów Opole"),
    given: words("Bożena Zdzisław Grażyna Mieczysław Agnieszka Wojciech Jadwiga Przemysław"),
    family: words("Brzęczyszczykiewicz Wiśniewska Grzegorczyk Szczepaniak Gołębiowski Pietrzyk Żmijewska"),
    firms: phrases("Piekarnia Złoty Kłos Sp. z o.o.; Zielony Młyn Sp. z o.o.; Stolarnia Dębowa Sp. z o.o."),
    order: "given-first",
  },
  {
    country: "GR",
    towns: words("Πάτρα Βόλος Χανιά"),
    given: words("Ευτυχία Θεμιστοκλής Χρυσούλα Αριστείδης Καλλιόπη"),
    family: words("Παπαχριστοδούλου Καραγιαννόπουλος Σταματοπούλου Χατζηνικολάου Μπουμπουλίνα"),
    firms: phrases("Ελαιώνες Μεσσηνίας ΑΕ; Κεραμική Τέχνη Βόλου ΕΠΕ"),
    order: "given-first",
  },
  {
    country: "BG",
    towns: words("Варна Русе Пловдив"),
    given: words("Цветелина Светлозар Десислава Румяна Красимира"),
    family: words("Чолакова Бояджиев Грънчарова Кюркчиева Воденичаров"),
    firms: phrases("Пекарна Слънчоглед ООД; Розова Долина Мед ЕООД"),
    order: "given-first",
  },
  {
    country: "IN",
    towns: words("Pune Indore Kochi Mysuru"),
    given: words("Anushka Venkatesh Lakshmi Raghunath Sowmya Parvati Jagdish Meenakshi"),
    family: words("Chattopadhyay Ramachandran Deshpande Subramaniam Mukherjee Kulkarni Iyengar"),
    firms: phrases("Lotus Pond Sarees Pvt Ltd; Monsoon Umbrella Works Pvt Ltd; Cardamom Hill Spices LLP"),
    order: "given-first",
  },
  {
    country: "VN",
    towns: words("Huế Vinh Dalat"),
    given: phrases("Thị Phượng; Quang Vinh; Thùy Dương; Bảo Ngọc; Hữu Nghĩa"),
    family: words("Nguyễn Huỳnh Đặng Trương Phạm"),
    firms: phrases("Công ty TNHH Hoa Sen Vàng; Công ty TNHH Gốm Bát Tràng Xanh"),
    order: "family-first",
  },
  {
    country: "JP",
    towns: words("Kanazawa Otaru Matsuyama"),
    given: words("Sakura Kentaro Chihiro Tsubasa Hanako Yoshinori"),
    family: words("Hasegawa Kuroyanagi Shinohara Watanabe Tsukamoto Fujiwara"),
    firms: phrases("Asahi Tofu Kobo KK; Momiji Paper Craft KK; Tsubame Bicycle KK"),
    order: "family-first",
  },
  {
    country: "NG",
    towns: words("Ibadan Enugu Jos"),
    given: words("Oluwaseun Chidinma Adebayo Ifeoma Folasade Obinna Temitope"),
    family: words("Ogunleye Nwachukwu Akinwande Ezenwa Balogunde Onyekachi"),
    firms: phrases("Palm Grove Tailoring Ltd; Harmattan Solar Kits Ltd; Zobo Delight Foods Ltd"),
    order: "given-first",
  },
  {
    country: "KE",
    towns: words("Nakuru Kisumu Eldoret"),
    given: words("Wanjiku Kipchoge Achieng Nyambura Otieno Chebet"),
    family: words("Kamau Mutharika Wekesa Ndungu Cheruiyot Oyugi"),
    firms: phrases("Rift Valley Roses Ltd; Baobab Book Barn Ltd; Jacaranda Water Pumps Ltd"),
    order: "given-first",
  },
  {
    country: "ET",
    towns: words("Gondar Hawassa Bahirdar"),
    given: words("Tsehay Girma Alemitu Getachew Woinshet"),
    family: words("Woldegiorgis Haileselassie Tadesse Bekele Mekonnen"),
    firms: phrases("Sidama Bean Roasters PLC; Blue Nile Weavers PLC"),
    order: "given-first",
  },
  {
    country: "TR",
    towns: words("Bursa Eskişehir Muğla"),
    given: words("Gülşen Tuğrul Şebnem Oğuzhan Nilüfer Çağla"),
    family: words("Karagözoğlu Yıldırımer Çiftçioğlu Kuyumcuoğlu Bahçıvan"),
    firms: phrases("Lale Devri Seramik Ltd Şti; Zeytin Dalı Sabun Ltd Şti"),
    order: "given-first",
  },
  {
    country: "AL",
    towns: words("Korçë Berat Shkodër"),
    given: words("Lumturie Shpëtim Mirjeta Besnik Dhurata"),
    family: words("Kryemadhi Shtylla Gjonaj Zogolli Përmeti"),
    firms: phrases("Furra e Vjetër Korçë Shpk; Agrume të Sarandës Shpk"),
    order: "given-first",
  },
  {
    country: "IR",
    towns: words("Shiraz Yazd Rasht"),
    given: words("Golnaz Siavash Parvaneh Kaveh Shirin"),
    family: words("Golestanirad Bakhtavar Zarrinkoub Pourmand Sepehrnia"),
    firms: phrases("Saffron Terrace Sweets Co; Persepolis Tile Painters Co"),
    order: "given-first",
  },
  {
    country: "MA",
    towns: words("Fes Essaouira Tetouan"),
    given: words("Ghizlane Soufiane Ikram Zineb Hafsa"),
    family: words("Bouzidane Lamrabet Chraibi Berrahma Tazrouti"),
    firms: phrases("Riad Jasmin Textiles SARL; Argan des Deux Rives SARL"),
    order: "given-first",
  },
  {
    country: "BR",
    towns: words("Recife Curitiba Belém"),
    given: words("Thaís Wellington Jussara Otávio Iracema Leopoldina"),
    family: phrases("Figueiredo Prates; Nogueira Braga; Cavalcanti; Guimarães; Vasconcelos; Bittencourt"),
    firms: phrases("Padaria Pão Dourado Ltda; Redes do Sertão Ltda; Café Serra Azul Ltda"),
    order: "given-first",
  },
  {
    country: "PH",
    towns: words("Baguio Iloilo Dumaguete"),
    given: phrases("Maricel; Rodelio; Jonalyn; Crisanta; Bayani"),
    family: words("Magbanua Dimaculangan Catacutan Pangilinan Lumanlan"),
    firms: phrases("Sampaguita Garland House Inc; Bangka Island Tours Inc"),
    order: "given-first",
  },
  {
    country: "FI",
    towns: words("Oulu Turku Kuopio"),
    given: words("Päivikki Ensio Marjatta Veikko Tuulikki"),
    family: words("Hämäläinen Kekkosaari Lehtoranta Myllymäki Väänänen"),
    firms: phrases("Koivulehto Saunat Oy; Mustikka Metsä Hillot Oy"),
    order: "given-first",
  },
];
