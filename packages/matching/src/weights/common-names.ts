/**
 * Parts of personal names that so many people bear that they tell little: weight, then names in the bytes of a token.
 * Drawn from the lists of popular names by country (CC0) and from general knowledge; frozen, never computed from a
 * sanctions list, so that a score does not change when a list does.
 */
export const commonNames: readonly (readonly [weight: number, names: string])[] = [
  // Endings of family names that stand apart.
  [3, "zadeh zada zadah zade nejad nezhad nejat"],
  [
    4,
    "mohammed muhammad mohammad mohamed mohamad muhammed muhamad muhamed mohamat mahomed mehmet mohd " +
      "ahmed ahmad achmad ahmet ali aly hassan hasan hussein hussain husain husayn hossein hosein hussien huseyin " +
      "abdullah abdallah abdulla abdalla ibrahim ebrahim",
  ],
  [
    5,
    "omar umar omer osman usman othman uthman khaled khalid khalil mahmoud mahmud mehmood mustafa mostafa moustafa " +
      "yusuf yousef youssef yousuf yusef ismail ismael esmail hamid hameed rahman rehman karim kareem salim saleem " +
      "saleh salih said saeed saied saad jamal hamza hasani amir ameer amin abbas bashir aziz majid rashid rasheed " +
      "rahim salam mansour mansoor nasser nasir naser jaber jabir sami samir tariq tarek walid waleed yasin yassin " +
      "zaid zayed fatima fatma maryam mariam aisha zainab khan singh kumar kaur begum bibi shah jan reza din allah " +
      "ullah haq islam akbar anwar iqbal malik nguyen tran pham kim lee park choi jung li wang zhang chen liu yang " +
      "huang wu zhou xu sun lin chan wong ng tan lim ho chol yong",
  ],
  [
    6,
    "maria jose juan luis carlos antonio francisco manuel miguel pedro jorge david daniel john james michael robert " +
      "william thomas george paul peter mark martin alexander aleksandr aleksander alexandr oleksandr sergey sergei " +
      "serhii andrey andrei andriy dmitry dmitri dmitriy vladimir volodymyr mikhail nikolai nikolay mykola ivan igor " +
      "oleg viktor victor yuri yury alexey aleksey aleksei alexei olga elena irina natalia tatiana anna svetlana " +
      "garcia rodriguez martinez lopez gonzalez hernandez perez sanchez ramirez torres flores diaz reyes gomez " +
      "fernandez morales silva santos smith jones brown williams johnson wilson taylor patel sharma das roy",
  ],
  [
    7,
    "emma mia noah sofia olivia liam sara sarah lucas isabella oliver mila leo mateo matteo luca gabriel adam amelia " +
      "victoria sophia sophie nora ella ava alice valentina luka jack isla eva emily emilia charlotte arthur theo " +
      "santiago louis emil elias dylan ana lina lily leon hugo hana filip chloe charlie camila benjamin amina nikola " +
      "tomas sebastian samuel oscar maya martina lea julia ian henry carlos aurora anastasia aleksandar grace lena " +
      "lukas diego lucia arjun priya bilal mei wei minh linh kofi ama grigory gennady boris konstantin pavel roman " +
      "maxim maksim denis anatoly anatoliy evgeny evgeniy yevgeny vasily vasiliy leonid stepan kirill artem anton " +
      "ivanov petrov popov kuznetsov smirnov " +
      "novak kovac horvat nagy toth jovanovic petrovic nikolic gutierrez castillo vargas rojas jimenez cruz castro " +
      "ruiz romero ramos ortiz costa rivera moreno ferreira oliveira pereira schneider muller meyer weber schmidt " +
      "fischer wagner hansen jensen nielsen andersen martins dubois rossi russo bianchi ferrari papadakis tanaka " +
      "sato suzuki takahashi ito thompson baker walker white harris clark lewis young king wright hill green hall " +
      "mensah okafor adeyemi adams anderson davis miller moore jackson murphy kelly ryan",
  ],
];
