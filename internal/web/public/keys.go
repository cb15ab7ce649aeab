package public

import (
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// The main menu.
const (
	KeyMenuCommitments i18n.Key = "menu.commitments"
	KeyMenuCharter     i18n.Key = "menu.charter"
	KeyMenuDue         i18n.Key = "menu.due"
	KeyMenuSearch      i18n.Key = "menu.search"
)

// Badges: one word form for each state, everywhere.
const (
	KeyBadgeKept        i18n.Key = "badge.kept"
	KeyBadgeRisk        i18n.Key = "badge.risk"
	KeyBadgeBroken      i18n.Key = "badge.broken"
	KeyBadgeNone        i18n.Key = "badge.none"
	KeyBadgeNodata      i18n.Key = "badge.nodata"
	KeyBadgeOpen        i18n.Key = "badge.open"
	KeyTallyOpen        i18n.Key = "tally.open"
	KeyBadgeMeansOpen   i18n.Key = "badge.means.open"
	KeyTallyKept        i18n.Key = "tally.kept"
	KeyTallyRisk        i18n.Key = "tally.risk"
	KeyTallyBroken      i18n.Key = "tally.broken"
	KeyTallyNone        i18n.Key = "tally.none"
	KeyTallyNodata      i18n.Key = "tally.nodata"
	KeyBadgeMeansTitle  i18n.Key = "badge.means.title"
	KeyBadgeMeansKept   i18n.Key = "badge.means.kept"
	KeyBadgeMeansRisk   i18n.Key = "badge.means.risk"
	KeyBadgeMeansBroken i18n.Key = "badge.means.broken"
	KeyBadgeMeansNone   i18n.Key = "badge.means.none"
	KeyBadgeMeansNodata i18n.Key = "badge.means.nodata"
)

// The home page.
const (
	KeyHomeTitle             i18n.Key = "home.title"
	KeyHomeDescription       i18n.Key = "home.description"
	KeyHomeLead              i18n.Key = "home.lead"
	KeyHomeLeadShort         i18n.Key = "home.lead_short"
	KeyHomeTally             i18n.Key = "home.tally"
	KeyHomeAll               i18n.Key = "home.all"
	KeyHomeRead              i18n.Key = "home.read"
	KeyHomeGoodwill          i18n.Key = "home.goodwill"
	KeyHomeWhole             i18n.Key = "home.whole"
	KeyHomeAnswersTitle      i18n.Key = "home.answers.title"
	KeyHomeAnswersToday      i18n.Key = "home.answers.today"
	KeyHomeAnswersLaw        i18n.Key = "home.answers.law"
	KeyHomeAnswersAsLaw      i18n.Key = "home.answers.as_law"
	KeyHomeAnswersNoTerm     i18n.Key = "home.answers.no_term"
	KeyHomeAnswersPassedOn   i18n.Key = "home.answers.passed_on"
	KeyHomeAnswersUnverified i18n.Key = "home.answers.unverified"
	KeyHomeAnswersHow        i18n.Key = "home.answers.how"
	KeyHomeContactTitle      i18n.Key = "home.contact.title"
	KeyHomeHoursTitle        i18n.Key = "home.hours.title"
	KeyHomeHoursWorkdays     i18n.Key = "home.hours.workdays"
	KeyHomeHoursRange        i18n.Key = "home.hours.range"
	KeyHomeNoCharter         i18n.Key = "home.no_charter"
)

// Who promises.
const (
	KeyPromisorAdministrationName     i18n.Key = "promisor.administration.name"
	KeyPromisorInstitutionsName       i18n.Key = "promisor.institutions.name"
	KeyPromisorResidentsName          i18n.Key = "promisor.residents.name"
	KeyPromisorAdministrationPart     i18n.Key = "promisor.administration.part"
	KeyPromisorInstitutionsPart       i18n.Key = "promisor.institutions.part"
	KeyPromisorResidentsPart          i18n.Key = "promisor.residents.part"
	KeyPromisorAdministrationPromises i18n.Key = "promisor.administration.promises"
	KeyPromisorInstitutionsPromises   i18n.Key = "promisor.institutions.promises"
	KeyPromisorResidentsPromises      i18n.Key = "promisor.residents.promises"
	KeyPromisorOurs                   i18n.Key = "promisor.ours"
	KeyPromisorTownName               i18n.Key = "promisor.town.name"
	KeyPromisorTownPart               i18n.Key = "promisor.town.part"
)

// What is expected and not promised.
const (
	KeyExpectationMark   i18n.Key = "expectation.mark"
	KeyExpectationTitle  i18n.Key = "expectation.title"
	KeyExpectationThis   i18n.Key = "expectation.this"
	KeyExpectationThese  i18n.Key = "expectation.these"
	KeyExpectationOf     i18n.Key = "expectation.of"
	KeyExpectationOthers i18n.Key = "expectation.others"
	KeyExpectationCount  i18n.Key = "expectation.count"
	KeyExpectationFilter i18n.Key = "expectation.filter"

	KeyDiffTurnedIntoExpectation i18n.Key = "diff.turned.expectation"
	KeyDiffTurnedIntoPromise     i18n.Key = "diff.turned.promise"
)

// Areas of life.
const (
	KeyAreaAdministration i18n.Key = "area.administration"
	KeyAreaCulture        i18n.Key = "area.culture"
	KeyAreaEconomy        i18n.Key = "area.economy"
	KeyAreaEducation      i18n.Key = "area.education"
	KeyAreaEnvironment    i18n.Key = "area.environment"
	KeyAreaSocial         i18n.Key = "area.social"
	KeyAreaSport          i18n.Key = "area.sport"
)

// The kinds of case: name, plural without a number, plural with one, and what it is for.
const (
	KeyKindComplaintName    i18n.Key = "kind.complaint.name"
	KeyKindComplaintNames   i18n.Key = "kind.complaint.names"
	KeyKindComplaintCount   i18n.Key = "kind.complaint.count"
	KeyKindComplaintExplain i18n.Key = "kind.complaint.explain"
	KeyKindSignalName       i18n.Key = "kind.signal.name"
	KeyKindSignalNames      i18n.Key = "kind.signal.names"
	KeyKindSignalCount      i18n.Key = "kind.signal.count"
	KeyKindSignalExplain    i18n.Key = "kind.signal.explain"
	KeyKindQuestionName     i18n.Key = "kind.question.name"
	KeyKindQuestionNames    i18n.Key = "kind.question.names"
	KeyKindQuestionCount    i18n.Key = "kind.question.count"
	KeyKindQuestionExplain  i18n.Key = "kind.question.explain"
	KeyKindProposalName     i18n.Key = "kind.proposal.name"
	KeyKindProposalNames    i18n.Key = "kind.proposal.names"
	KeyKindProposalCount    i18n.Key = "kind.proposal.count"
	KeyKindProposalExplain  i18n.Key = "kind.proposal.explain"
	KeyKindRequestName      i18n.Key = "kind.request.name"
	KeyKindRequestNames     i18n.Key = "kind.request.names"
	KeyKindRequestCount     i18n.Key = "kind.request.count"
	KeyKindRequestExplain   i18n.Key = "kind.request.explain"
	KeyKindPraiseName       i18n.Key = "kind.praise.name"
	KeyKindPraiseNames      i18n.Key = "kind.praise.names"
	KeyKindPraiseCount      i18n.Key = "kind.praise.count"
	KeyKindPraiseExplain    i18n.Key = "kind.praise.explain"
)

// The charter.
const (
	KeyCharterTitle                 i18n.Key = "charter.title"
	KeyCharterMargin                i18n.Key = "charter.margin"
	KeyCharterVersion               i18n.Key = "charter.version"
	KeyCharterVersionInForce        i18n.Key = "charter.version_in_force"
	KeyCharterApprovedBy            i18n.Key = "charter.approved_by"
	KeyCharterAct                   i18n.Key = "charter.act"
	KeyCharterActNumber             i18n.Key = "charter.act_number"
	KeyCharterEffective             i18n.Key = "charter.effective"
	KeyCharterPublished             i18n.Key = "charter.published"
	KeyCharterNatureLabel           i18n.Key = "charter.nature.label"
	KeyCharterNatureDeclaration     i18n.Key = "charter.nature.declaration"
	KeyCharterNatureCouncilDecision i18n.Key = "charter.nature.council_decision"
	KeyCharterNatureMayorOrder      i18n.Key = "charter.nature.mayor_order"
	KeyCharterNatureNonLegal        i18n.Key = "charter.nature.non_legal"
	KeyCharterContents              i18n.Key = "charter.contents"
	KeyCharterAllVersions           i18n.Key = "charter.all_versions"
	KeyCharterPlain                 i18n.Key = "charter.plain"
	KeyCharterAnnotated             i18n.Key = "charter.annotated"
	KeyCharterAnnex                 i18n.Key = "charter.annex"
	KeyCharterSample                i18n.Key = "charter.sample"
	KeyCharterSampleMark            i18n.Key = "charter.sample_mark"
	KeyCharterUndated               i18n.Key = "charter.undated"
	KeyCharterChecksumLabel         i18n.Key = "charter.checksum.label"
	KeyCharterChecksumHow           i18n.Key = "charter.checksum.how"
	KeyCharterChecksumExplain       i18n.Key = "charter.checksum.explain"
	KeyCharterChecksumDownload      i18n.Key = "charter.checksum.download"
)

// Versions of the charter, and what changed between two of them.
const (
	KeyVersionsTitle           i18n.Key = "versions.title"
	KeyVersionsLead            i18n.Key = "versions.lead"
	KeyVersionsName            i18n.Key = "versions.name"
	KeyVersionsCurrent         i18n.Key = "versions.current"
	KeyVersionsFirst           i18n.Key = "versions.first"
	KeyVersionsChanges         i18n.Key = "versions.changes"
	KeyVersionsColumnPublished i18n.Key = "versions.column.published"
	KeyVersionsOld             i18n.Key = "versions.old"
	KeyVersionsToCurrent       i18n.Key = "versions.to_current"
	KeyDiffTitle               i18n.Key = "diff.title"
	KeyDiffLegend              i18n.Key = "diff.legend"
	KeyDiffAdded               i18n.Key = "diff.added"
	KeyDiffRemoved             i18n.Key = "diff.removed"
	KeyDiffEnd                 i18n.Key = "diff.end"
	KeyDiffPassageAdded        i18n.Key = "diff.passage.added"
	KeyDiffPassageRemoved      i18n.Key = "diff.passage.removed"
	KeyDiffPassageEdited       i18n.Key = "diff.passage.edited"
	KeyDiffCount               i18n.Key = "diff.count"
	KeyDiffSame                i18n.Key = "diff.same"
)

// The list of commitments and its filters.
const (
	KeyCommitmentsTitle             i18n.Key = "commitments.title"
	KeyCommitmentsDescription       i18n.Key = "commitments.description"
	KeyCommitmentsCount             i18n.Key = "commitments.count"
	KeyCommitmentsAnnex             i18n.Key = "commitments.annex"
	KeyCommitmentsFilters           i18n.Key = "commitments.filters"
	KeyCommitmentsFilterState       i18n.Key = "commitments.filter.state"
	KeyCommitmentsFilterPromisor    i18n.Key = "commitments.filter.promisor"
	KeyCommitmentsFilterArea        i18n.Key = "commitments.filter.area"
	KeyCommitmentsFilterAnyState    i18n.Key = "commitments.filter.any_state"
	KeyCommitmentsFilterAnyPromisor i18n.Key = "commitments.filter.any_promisor"
	KeyCommitmentsFilterAnyArea     i18n.Key = "commitments.filter.any_area"
	KeyCommitmentsFilterApply       i18n.Key = "commitments.filter.apply"
	KeyCommitmentsFilterClear       i18n.Key = "commitments.filter.clear"
	KeyCommitmentsNone              i18n.Key = "commitments.none"
)

// One commitment.
const (
	KeyCommitmentMeasured          i18n.Key = "commitment.measured"
	KeyCommitmentWhyNot            i18n.Key = "commitment.why_not"
	KeyCommitmentMeasuredBy        i18n.Key = "commitment.measured_by"
	KeyCommitmentWillBeMeasuredBy  i18n.Key = "commitment.will_be_measured_by"
	KeyCommitmentBy                i18n.Key = "commitment.by"
	KeyCommitmentPlace             i18n.Key = "commitment.place"
	KeyCommitmentMethod            i18n.Key = "commitment.method"
	KeyCommitmentSource            i18n.Key = "commitment.source"
	KeyCommitmentIndicator         i18n.Key = "commitment.indicator"
	KeyCommitmentEvidence          i18n.Key = "commitment.evidence"
	KeyCommitmentQuestion          i18n.Key = "commitment.question"
	KeyCommitmentPeriodLabel       i18n.Key = "commitment.period.label"
	KeyCommitmentPeriodMonth       i18n.Key = "commitment.period.month"
	KeyCommitmentPeriodQuarter     i18n.Key = "commitment.period.quarter"
	KeyCommitmentPeriodYear        i18n.Key = "commitment.period.year"
	KeyCommitmentTargetLabel       i18n.Key = "commitment.target.label"
	KeyCommitmentTargetLeast       i18n.Key = "commitment.target.least"
	KeyCommitmentTargetMost        i18n.Key = "commitment.target.most"
	KeyCommitmentTargetNone        i18n.Key = "commitment.target.none"
	KeyCommitmentTargetScore       i18n.Key = "commitment.target.score"
	KeyCommitmentOwnTerm           i18n.Key = "commitment.own_term"
	KeyCommitmentLegalTerm         i18n.Key = "commitment.legal_term"
	KeyCommitmentUsual             i18n.Key = "commitment.usual"
	KeyCommitmentStricter          i18n.Key = "commitment.stricter"
	KeyCommitmentStateRuleLabel    i18n.Key = "commitment.state_rule.label"
	KeyCommitmentStateRuleTarget   i18n.Key = "commitment.state_rule.target"
	KeyCommitmentStateRuleNoTarget i18n.Key = "commitment.state_rule.no_target"
	KeyCommitmentLiteral           i18n.Key = "commitment.literal"
	KeyCommitmentFirst             i18n.Key = "commitment.first"
	KeyCommitmentNoFirst           i18n.Key = "commitment.no_first"
	KeyCommitmentSample            i18n.Key = "commitment.sample"
	KeyCommitmentOthers            i18n.Key = "commitment.others"
)

// The formula of a measure, in words: what is counted, out of what.
const (
	KeyFormulaCaseTimePart           i18n.Key = "formula.case_time.part"
	KeyFormulaCaseTimeWhole          i18n.Key = "formula.case_time.whole"
	KeyFormulaForwardedInTimePart    i18n.Key = "formula.forwarded_in_time.part"
	KeyFormulaForwardedInTimeWhole   i18n.Key = "formula.forwarded_in_time.whole"
	KeyFormulaExtensionNotifiedPart  i18n.Key = "formula.extension_notified.part"
	KeyFormulaExtensionNotifiedWhole i18n.Key = "formula.extension_notified.whole"
	KeyFormulaAnsweredPart           i18n.Key = "formula.answered.part"
	KeyFormulaAnsweredWhole          i18n.Key = "formula.answered.whole"
	KeyFormulaDecidedPart            i18n.Key = "formula.decided.part"
	KeyFormulaDecidedWhole           i18n.Key = "formula.decided.whole"
	KeyFormulaSurveyPart             i18n.Key = "formula.survey.part"
	KeyFormulaSurveyWhole            i18n.Key = "formula.survey.whole"
	KeyFormulaEveryKind              i18n.Key = "formula.every_kind"
	KeyFormulaSourceCases            i18n.Key = "formula.source.cases"
	KeyFormulaSourceSurvey           i18n.Key = "formula.source.survey"
	KeyFormulaSourceManual           i18n.Key = "formula.source.manual"
)

// The calculator of due dates.
const (
	KeyDueTitle                   i18n.Key = "due.title"
	KeyDueDescription             i18n.Key = "due.description"
	KeyDueLead                    i18n.Key = "due.lead"
	KeyDueReceived                i18n.Key = "due.received"
	KeyDueReceivedHint            i18n.Key = "due.received_hint"
	KeyDueReceivedToday           i18n.Key = "due.received_today"
	KeyDueTerm                    i18n.Key = "due.term"
	KeyDueTermHint                i18n.Key = "due.term_hint"
	KeyDueNumber                  i18n.Key = "due.number"
	KeyDueUnitLabel               i18n.Key = "due.unit.label"
	KeyDueUnitWorkingDays         i18n.Key = "due.unit.working_days"
	KeyDueUnitLessThanWorkingDays i18n.Key = "due.unit.less_than_working_days"
	KeyDueUnitSameWorkingDay      i18n.Key = "due.unit.same_working_day"
	KeyDueUnitDays                i18n.Key = "due.unit.days"
	KeyDueUnitMonths              i18n.Key = "due.unit.months"
	KeyDueByKind                  i18n.Key = "due.by_kind"
	KeyDueOutside                 i18n.Key = "due.outside"
	KeyDueCalendar                i18n.Key = "due.calendar"
	KeyDueSubmit                  i18n.Key = "due.submit"
	KeyDueErrors                  i18n.Key = "due.errors"
	KeyDueOwnTerm                 i18n.Key = "due.own_term"
	KeyDueEmpty                   i18n.Key = "due.empty"
	KeyDueResultByCharter         i18n.Key = "due.result.by_charter"
	KeyDueResultByLaw             i18n.Key = "due.result.by_law"
	KeyDueResultForTerm           i18n.Key = "due.result.for_term"
	KeyDueResultSentence          i18n.Key = "due.result.sentence"
	KeyDueResultSentenceLaw       i18n.Key = "due.result.sentence_law"
	KeyDueResultHow               i18n.Key = "due.result.how"
	KeyDueResultCalendar          i18n.Key = "due.result.calendar"
	KeyDueLegendReceived          i18n.Key = "due.legend.received"
	KeyDueLegendZero              i18n.Key = "due.legend.zero"
	KeyDueLegendCounted           i18n.Key = "due.legend.counted"
	KeyDueErrorNoTerm             i18n.Key = "due.error.no_term"
	KeyDueLegendDue               i18n.Key = "due.legend.due"
	KeyDueLegendWeekend           i18n.Key = "due.legend.weekend"
	KeyDueLegendHoliday           i18n.Key = "due.legend.holiday"
	KeyDueErrorDateForm           i18n.Key = "due.error.date_form"
	KeyDueErrorDateNone           i18n.Key = "due.error.date_none"
	KeyDueErrorDateRange          i18n.Key = "due.error.date_range"
	KeyDueErrorTermForm           i18n.Key = "due.error.term_form"
	KeyDueErrorTermUnit           i18n.Key = "due.error.term_unit"
	KeyDueErrorTermZero           i18n.Key = "due.error.term_zero"
	KeyDueErrorTermLong           i18n.Key = "due.error.term_long"
	KeyDueErrorOutOfRange         i18n.Key = "due.error.out_of_range"
)

// Search on the site.
const (
	KeySearchTitle          i18n.Key = "search.title"
	KeySearchDescription    i18n.Key = "search.description"
	KeySearchLabel          i18n.Key = "search.label"
	KeySearchHint           i18n.Key = "search.hint"
	KeySearchSubmit         i18n.Key = "search.submit"
	KeySearchCount          i18n.Key = "search.count"
	KeySearchResultsFor     i18n.Key = "search.results_for"
	KeySearchNone           i18n.Key = "search.none"
	KeySearchKindCommitment i18n.Key = "search.kind.commitment"
	KeySearchKindSection    i18n.Key = "search.kind.section"
	KeySearchKindChannel    i18n.Key = "search.kind.channel"
	KeySearchKindTerm       i18n.Key = "search.kind.term"
)

// Anonymous cases, refusals and review: what the town's rules say.
const (
	KeyPolicyTitle               i18n.Key = "policy.title"
	KeyPolicyAnonymousTitle      i18n.Key = "policy.anonymous.title"
	KeyPolicyAnonymousAccept     i18n.Key = "policy.anonymous.accept"
	KeyPolicyAnonymousRefuse     i18n.Key = "policy.anonymous.refuse"
	KeyPolicyAnonymousDangerOnly i18n.Key = "policy.anonymous.danger_only"
	KeyPolicyRefusalsTitle       i18n.Key = "policy.refusals.title"
	KeyPolicyRefusalsMay         i18n.Key = "policy.refusals.may"
	KeyPolicyRefusalsMust        i18n.Key = "policy.refusals.must"
	KeyPolicyExaminerTitle       i18n.Key = "policy.examiner.title"
	KeyPolicyReviewTitle         i18n.Key = "policy.review.title"
	KeyPolicyUnverifiedPublic    i18n.Key = "policy.unverified_public"
)

// Texts of the country pack.
const (
	KeyAccessibilityTitle = web.KeyFooterAccessibility
	KeyPrivacyTitle       = web.KeyFooterPrivacy
)
