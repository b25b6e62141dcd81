/** Words that ships and firms are called by; one letter makes another of them. Bytes a-z0-9. */
export const shipWords: readonly string[] = (
  "angel bay bell best bird blue bold bonus brave breeze bride bright bridge bell can cape captain carrier castle chance " +
  "charm cloud coast coral courage crown dawn day dream eagle earl east emerald empire energy express faith falcon fame " +
  "fast field flame flower force fortune free friend future galaxy gate gem giant glory gold golden good grace grand " +
  "grape great green guard gulf happy harmony hawk hero honor hope horizon horse hunter island ivory jade jewel joy " +
  "jubilee justice king knight lady lake land lark leader legend liberty light lily lion lord lotus love luck lucky lux " +
  "marine master merchant mercy moon mount nature nice night noble north nova ocean odyssey orchid orient pacific palm " +
  "park peace pearl phoenix pine pioneer planet polar power precious pride prince princess prosper queen rainbow ray " +
  "river road rock rose ruby sail saint sand sea season shark shell shine silver sky smile south spirit spring star " +
  "stone storm stream strong success summer sun swan swift tiger tower trade tree triumph trust unity universe valley " +
  "victory virgin vision voyager wave way west white wind wing winter wise wolf wonder world young"
).split(" ");
