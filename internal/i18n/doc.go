// Package i18n is how the service speaks: to a resident of Klaipėda in
// Lithuanian, to a clerk in Пещера in Bulgarian, to a visitor in English.
//
// It knows two sorts of words. Interface words stand in locales/ and are named
// by a typed Key, which the package that says them lists in its keys.go. Content
// (a charter, the name of a town) is a Text and comes from the towns.
//
// Everything a language needs is in its one file of locales/: messages with
// their plural forms, the names of months in the cases that dates take, the
// marks of numbers. Adding a language takes that file and no code.
package i18n
