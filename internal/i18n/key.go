package i18n

// Key names one message of the interface, such as "error.not_found.title". The
// constants stand in the keys.go of the package that says the message; a test
// holds them and the files of locales/ to each other.
type Key string

// Args fill the placeholders of a message. A value is put into words in the
// reader's language, so domain code passes numbers, dates and terms, never
// ready text: see Catalog.Say.
type Args = map[string]any
