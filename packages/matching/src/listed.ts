/*
 * What an entry of a list is, without the engine that searches it and its tables: for those who only read lists.
 */
export {
  type Designation,
  type DesignationId,
  designationId,
  type DesignationType,
  designationTypes,
  type IdentifierKind,
  identifierKinds,
  newDesignation,
  type ListedAddress,
  type ListedBirthDate,
  type ListedIdentifier,
  type ListedName,
  type ListedPlace,
  type ListedRemark,
  type ListedVesselFact,
  type NameKind,
  nameKinds,
  type NameStrength,
  type PlaceKind,
  placeKinds,
  type PlaceRule,
  placeRules,
  nameStrengths,
  type VesselFactKind,
} from "./designation.ts";
export { type ComparedField, comparedFields, designationHash, normalisedField } from "./designation-content.ts";
export { keysOfListed } from "./evidence/listed-keys.ts";
export { type ListName, listNames } from "./list-names.ts";
export { type FoldedWord, foldedWords } from "./normalise/folded-words.ts";
