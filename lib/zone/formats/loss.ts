/** Takes the number of a record that a form cannot hold, or not wholly, and why. */
export type TakeLoss = (record: number, why: string) => void;
