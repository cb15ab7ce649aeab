package web

import "charterhouse/internal/i18n"

// The frame round every page.
const (
	KeyPortalName   i18n.Key = "frame.portal_name"
	KeyFrameCharter i18n.Key = "frame.charter" // what the site is, under the town's name
	KeySkip         i18n.Key = "frame.skip"
	KeyLanguages    i18n.Key = "frame.languages"
	KeyMainMenu     i18n.Key = "frame.main_menu"
	KeyMenu         i18n.Key = "frame.menu"
	KeyCrumbs       i18n.Key = "frame.crumbs"
	KeyHome         i18n.Key = "frame.home"
	KeyErrorPrefix  i18n.Key = "frame.error_prefix"
	KeySampleLabel  i18n.Key = "frame.sample_label"
	KeySampleTitle  i18n.Key = "frame.sample_title"
	KeySampleText   i18n.Key = "frame.sample_text"
	KeyFallback     i18n.Key = "frame.fallback" // takes Language
	KeyStale        i18n.Key = "frame.stale"
)

// Error pages: what happened, and what the reader can do next.
const (
	KeyErrorNotFoundTitle    i18n.Key = "error.not_found.title"
	KeyErrorNotFoundNext     i18n.Key = "error.not_found.next"
	KeyErrorNoPage           i18n.Key = "error.not_found.page"
	KeyErrorNoSuchHost       i18n.Key = "error.not_found.host"
	KeyErrorGoneTitle        i18n.Key = "error.gone.title"
	KeyErrorForbiddenTitle   i18n.Key = "error.forbidden.title"
	KeyErrorForbiddenNext    i18n.Key = "error.forbidden.next"
	KeyErrorCrossOrigin      i18n.Key = "error.forbidden.cross_origin"
	KeyErrorConflictTitle    i18n.Key = "error.conflict.title"
	KeyErrorConflictNext     i18n.Key = "error.conflict.next"
	KeyErrorTooManyTitle     i18n.Key = "error.too_many.title"
	KeyErrorUnavailableTitle i18n.Key = "error.unavailable.title"
	KeyErrorUnavailable      i18n.Key = "error.unavailable.text"
	KeyErrorLaterNext        i18n.Key = "error.unavailable.next"
	KeyErrorInternalTitle    i18n.Key = "error.internal.title"
	KeyErrorInternal         i18n.Key = "error.internal.text"
	KeyErrorInternalNext     i18n.Key = "error.internal.next"
	KeyErrorRequestID        i18n.Key = "error.internal.request_id" // takes ID
	KeyErrorRequestTitle     i18n.Key = "error.request.title"
	KeyErrorRequestNext      i18n.Key = "error.request.next"
	KeyErrorUnreadable       i18n.Key = "error.request.unreadable"
	KeyErrorTooLong          i18n.Key = "error.request.too_long"
	KeyErrorNoMethod         i18n.Key = "error.request.method"
)
