package web

import "charterhouse/internal/i18n"

// The frame round every page.
const (
	KeyFallback     i18n.Key = "fallback"
	KeyPortalName   i18n.Key = "portal.name"
	KeySiteSkip     i18n.Key = "site.skip"
	KeySiteMenu     i18n.Key = "site.menu"
	KeySiteMainMenu i18n.Key = "site.main_menu"
	KeySiteLanguage i18n.Key = "site.language"
	KeySiteHome     i18n.Key = "site.home"
	KeySiteCrumbs   i18n.Key = "site.crumbs"
	KeySiteCharter  i18n.Key = "site.charter"
)

// What marks sample data, and an older copy of a page.
const (
	KeySampleLabel i18n.Key = "sample.label"
	KeySampleTitle i18n.Key = "sample.title"
	KeySampleText  i18n.Key = "sample.text"
	KeyStaleText   i18n.Key = "stale.text"
)

// The footer.
const (
	KeyFooterAbout         i18n.Key = "footer.about"
	KeyFooterAccessibility i18n.Key = "footer.accessibility"
	KeyFooterPrivacy       i18n.Key = "footer.privacy"
	KeyFooterCookies       i18n.Key = "footer.cookies"
)

// Long lists.
const (
	KeyPagerLabel    i18n.Key = "pager.label"
	KeyPagerPrevious i18n.Key = "pager.previous"
	KeyPagerNext     i18n.Key = "pager.next"
)

// Forms shown again. The prefix stands before the title of the page.
const (
	KeyErrorPrefix       i18n.Key = "error.prefix"
	KeyFormSummary       i18n.Key = "form.summary"
	KeyFormKept          i18n.Key = "form.kept"
	KeyFormPasswordAgain i18n.Key = "form.password_again"
)

// Forms: what is drawn in every one of them, and why one is not taken now.
const (
	KeyFormError    i18n.Key = "form.error"
	KeyFormOptional i18n.Key = "form.optional"
	KeyFormFiles    i18n.Key = "form.files.waiting"
	KeyFormFileDrop i18n.Key = "form.files.drop"
	KeyFormStands   i18n.Key = "form.stands" // what another has written meanwhile
	KeyFormTyped    i18n.Key = "form.typed"  // what the reader has
	KeyFormOtherWay i18n.Key = "form.other_way"
	KeyTooOften     i18n.Key = "form.too_often" // Count: minutes
	KeyFilesAgain   i18n.Key = "form.files_again"
	KeyFormBusy     i18n.Key = "form.busy"
	KeyFormUnknown  i18n.Key = "form.unknown"
	KeySizeKB       i18n.Key = "size.kb" // Size
	KeySizeMB       i18n.Key = "size.mb" // Size
)

// The page that keeps what was typed when no other can be shown.
const (
	KeyKeptTyped         i18n.Key = "kept.typed"
	KeyKeptAgain         i18n.Key = "kept.again"
	KeyKeptSignIn        i18n.Key = "kept.sign_in"
	KeyKeptSignedOut     i18n.Key = "kept.signed_out.title"
	KeyKeptSignedOutText i18n.Key = "kept.signed_out.text"
	KeyKeptSignedOutNext i18n.Key = "kept.signed_out.next"
	KeyKeptAnother       i18n.Key = "kept.another.title"
	KeyKeptAnotherText   i18n.Key = "kept.another.text" // Name
	KeyKeptAnotherNext   i18n.Key = "kept.another.next"
	KeyKeptFiles         i18n.Key = "kept.files"
	KeyKeptFilesHint     i18n.Key = "kept.files_hint"
)

// Pages of refusals, by their HTTP status: what it is, and what to do next.
const (
	KeyErrorMalformedTitle   i18n.Key = "error.malformed.title"
	KeyErrorMalformedNext    i18n.Key = "error.malformed.next"
	KeyErrorForbiddenTitle   i18n.Key = "error.forbidden.title"
	KeyErrorForbiddenNext    i18n.Key = "error.forbidden.next"
	KeyErrorNotFoundTitle    i18n.Key = "error.not_found.title"
	KeyNotFoundText          i18n.Key = "error.not_found.text" // for a face that refuses an unknown key
	KeyErrorNotFoundNext     i18n.Key = "error.not_found.next"
	KeyErrorMethodTitle      i18n.Key = "error.method.title"
	KeyErrorMethodNext       i18n.Key = "error.method.next"
	KeyErrorConflictTitle    i18n.Key = "error.conflict.title"
	KeyErrorConflictNext     i18n.Key = "error.conflict.next"
	KeyErrorGoneTitle        i18n.Key = "error.gone.title"
	KeyErrorGoneNext         i18n.Key = "error.gone.next"
	KeyErrorTooLargeTitle    i18n.Key = "error.too_large.title"
	KeyErrorTooLargeNext     i18n.Key = "error.too_large.next"
	KeyErrorTooSlowTitle     i18n.Key = "error.too_slow.title"
	KeyErrorTooSlowNext      i18n.Key = "error.too_slow.next"
	KeyErrorMisdirectedTitle i18n.Key = "error.misdirected.title"
	KeyErrorMisdirectedNext  i18n.Key = "error.misdirected.next"
	KeyErrorInvalidTitle     i18n.Key = "error.invalid.title"
	KeyErrorInvalidNext      i18n.Key = "error.invalid.next"
	KeyErrorTooManyTitle     i18n.Key = "error.too_many.title"
	KeyErrorTooManyNext      i18n.Key = "error.too_many.next"
	KeyErrorInternalTitle    i18n.Key = "error.internal.title"
	KeyErrorInternalNext     i18n.Key = "error.internal.next"
	KeyErrorUnavailableTitle i18n.Key = "error.unavailable.title"
	KeyErrorUnavailable      i18n.Key = "error.unavailable.text"
	KeyErrorUnavailableNext  i18n.Key = "error.unavailable.next"
	KeyErrorRequest          i18n.Key = "error.request"
	KeyErrorHome             i18n.Key = "error.home"
)

// What is wrong with an address or a form field, said by the kit itself.
const (
	KeyInputText     i18n.Key = "input.text"
	KeyInputLanguage i18n.Key = "input.language"
)
