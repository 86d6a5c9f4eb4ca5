/** The shape that every other language must have: the same keys as the English words, checked by the compiler. */
export type WordsLike<T> = { readonly [K in keyof T]: T[K] extends string ? string : WordsLike<T[K]> };
