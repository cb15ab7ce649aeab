package public

import "charterhouse/internal/i18n"

// The page of results.
const (
	KeyMenuResults          i18n.Key = "menu.results"
	KeyFiguresTitle         i18n.Key = "figures.title"
	KeyFiguresDescription   i18n.Key = "figures.description"
	KeyFiguresLead          i18n.Key = "figures.lead"
	KeyFiguresOnPage        i18n.Key = "figures.on_page"
	KeyFiguresPromises      i18n.Key = "figures.promises.title"
	KeyFiguresPromisesHow   i18n.Key = "figures.promises.how"
	KeyFiguresTimely        i18n.Key = "figures.timely.title"
	KeyFiguresTimelyHow     i18n.Key = "figures.timely.how"
	KeyFiguresVolumes       i18n.Key = "figures.volumes"
	KeyFiguresByMonth       i18n.Key = "figures.by_month"
	KeyFiguresByKind        i18n.Key = "figures.by_kind"
	KeyFiguresByChannel     i18n.Key = "figures.by_channel"
	KeyFiguresByGround      i18n.Key = "figures.by_ground"
	KeyFiguresExtensions    i18n.Key = "figures.extensions"
	KeyFiguresRefusals      i18n.Key = "figures.refusals"
	KeyFiguresDeclined      i18n.Key = "figures.declined"
	KeyFiguresDeclinedShown i18n.Key = "figures.declined_shown"
	KeyFiguresSatisfaction  i18n.Key = "figures.satisfaction.title"
	KeyFiguresScale         i18n.Key = "figures.satisfaction.scale"
	KeyFiguresRatedOf       i18n.Key = "figures.satisfaction.of"
	KeyFiguresOthers        i18n.Key = "figures.others"
)

// The choice of a period.
const (
	KeyFiguresPeriod       i18n.Key = "figures.period.title"
	KeyFiguresPeriodChoose i18n.Key = "figures.period.choose"
	KeyFiguresPeriodShow   i18n.Key = "figures.period.show"
	KeyFiguresRunning      i18n.Key = "figures.running"
	KeyFiguresTwelve       i18n.Key = "figures.period.twelve"
	KeyFiguresMonths       i18n.Key = "figures.period.months"
	KeyFiguresQuarters     i18n.Key = "figures.period.quarters"
	KeyFiguresYears        i18n.Key = "figures.period.years"
	KeyFiguresNoPeriod     i18n.Key = "figures.no_period"
)

// Columns and names of figures.
const (
	KeyFiguresAll          i18n.Key = "figures.all"
	KeyFiguresColKind      i18n.Key = "figures.column.kind"
	KeyFiguresColFirst     i18n.Key = "figures.column.first"
	KeyFiguresColMonth     i18n.Key = "figures.column.month"
	KeyFiguresColReceived  i18n.Key = "figures.column.received"
	KeyFiguresColFinished  i18n.Key = "figures.column.finished"
	KeyFiguresColDays      i18n.Key = "figures.column.days"
	KeyFiguresColCases     i18n.Key = "figures.column.cases"
	KeyFiguresColChannel   i18n.Key = "figures.column.channel"
	KeyFiguresColGround    i18n.Key = "figures.column.ground"
	KeyFiguresReceived     i18n.Key = "figures.received"
	KeyFiguresSince        i18n.Key = "figures.since"
	KeyFiguresFirst        i18n.Key = "figures.first.title"
	KeyFiguresFirstDays    i18n.Key = "figures.first.days"
	KeyFiguresAcknowledged i18n.Key = "figures.acknowledged"
	KeyFiguresSent         i18n.Key = "figures.sent"
	KeyFiguresOverdue      i18n.Key = "figures.overdue"
	KeyFiguresExtended     i18n.Key = "figures.extended"
	KeyFiguresNotified     i18n.Key = "figures.notified"
	KeyFiguresMonthsChart  i18n.Key = "figures.months.chart"
	KeyFiguresInterval     i18n.Key = "figures.interval.is"
	KeyFiguresLegend       i18n.Key = "figures.legend"
)

// Why there is no figure.
const (
	KeyFiguresFew          i18n.Key = "figures.why.few"
	KeyFiguresHidden       i18n.Key = "figures.why.hidden"
	KeyFiguresNone         i18n.Key = "figures.why.none"
	KeyFiguresNoneFinished i18n.Key = "figures.why.none_finished"
	KeyFiguresNoneReceived i18n.Key = "figures.why.none_received"
	KeyFiguresNoneDeclined i18n.Key = "figures.why.none_declined"
	KeyFiguresNoneOpen     i18n.Key = "figures.why.none_open"
	KeyFiguresNoneSent     i18n.Key = "figures.why.none_sent"
	KeyFiguresNoneExtended i18n.Key = "figures.why.none_extended"
	KeyFiguresNoneAnswered i18n.Key = "figures.why.none_answered"
	KeyFiguresNoneRated    i18n.Key = "figures.why.none_rated"
	KeyFiguresNoOwn        i18n.Key = "figures.why.no_own"
	KeyFiguresNoLaw        i18n.Key = "figures.why.no_law"
	KeyFiguresUnverified   i18n.Key = "figures.why.unverified"
)

// Ways by which cases come.
const (
	KeyFiguresByWebsite   i18n.Key = "figures.channel.website"
	KeyFiguresByEmail     i18n.Key = "figures.channel.email"
	KeyFiguresByPhone     i18n.Key = "figures.channel.phone"
	KeyFiguresByPost      i18n.Key = "figures.channel.post"
	KeyFiguresByVisit     i18n.Key = "figures.channel.visit"
	KeyFiguresByBox       i18n.Key = "figures.channel.box"
	KeyFiguresByAPI       i18n.Key = "figures.channel.api"
	KeyFiguresByOther     i18n.Key = "figures.channel.other"
	KeyFiguresOtherGround i18n.Key = "figures.ground.gone"
)

// The data to take away, and how to read them.
const (
	KeyFiguresData        i18n.Key = "figures.data"
	KeyFiguresFewHow      i18n.Key = "figures.few.how"
	KeyFiguresFewMonth    i18n.Key = "figures.few.month"
	KeyFiguresIntervalHow i18n.Key = "figures.interval.how"
	KeyFiguresEverything  i18n.Key = "figures.everything"
	KeyFiguresCSV         i18n.Key = "figures.format.csv"
	KeyFiguresXLSX        i18n.Key = "figures.format.xlsx"
	KeyFiguresJSON        i18n.Key = "figures.format.json"
	KeyFiguresNoFormat    i18n.Key = "figures.no_format"
	KeyFiguresNoSheet     i18n.Key = "figures.no_sheet"
)

// What was published about a promise.
const (
	KeyCommitmentTargetIs           i18n.Key = "commitment.target.is"
	KeyCommitmentPeriodCases        i18n.Key = "commitment.period.cases"
	KeyCommitmentHistory            i18n.Key = "commitment.history.title"
	KeyCommitmentHistoryTable       i18n.Key = "commitment.history.table"
	KeyCommitmentHistoryBy          i18n.Key = "commitment.history.by"
	KeyCommitmentHistoryByMonth     i18n.Key = "commitment.history.by_month"
	KeyCommitmentHistoryByQuarter   i18n.Key = "commitment.history.by_quarter"
	KeyCommitmentHistoryByYear      i18n.Key = "commitment.history.by_year"
	KeyCommitmentHistoryByRolling   i18n.Key = "commitment.history.by_rolling"
	KeyCommitmentHistoryPart        i18n.Key = "commitment.history.part"
	KeyCommitmentHistoryWhole       i18n.Key = "commitment.history.whole"
	KeyCommitmentHistoryResult      i18n.Key = "commitment.history.result"
	KeyCommitmentHistoryInterval    i18n.Key = "commitment.history.interval"
	KeyCommitmentHistoryCorrected   i18n.Key = "commitment.history.corrected"
	KeyCommitmentHistoryBefore      i18n.Key = "commitment.history.before"
	KeyCommitmentHistoryEntered     i18n.Key = "commitment.history.entered"
	KeyCommitmentHistoryLink        i18n.Key = "commitment.history.link"
	KeyCommitmentHistoryStays       i18n.Key = "commitment.history.stays"
	KeyCommitmentHistoryOther       i18n.Key = "commitment.history.other"
	KeyCommitmentHistoryOtherHow    i18n.Key = "commitment.history.other_how"
	KeyCommitmentHistoryNone        i18n.Key = "commitment.history.none"
	KeyCommitmentHistoryNoneEntered i18n.Key = "commitment.history.none_entered"
	KeyCommitmentTrend              i18n.Key = "commitment.trend.title"
	KeyCommitmentTrendHow           i18n.Key = "commitment.trend.how"
	KeyCommitmentTrendBand          i18n.Key = "commitment.trend.band"
	KeyCommitmentTrendFrom          i18n.Key = "commitment.trend.from"
	KeyCommitmentTrendUnit          i18n.Key = "commitment.trend.unit"
	KeyCommitmentTrendTarget        i18n.Key = "commitment.trend.target"
	KeyCommitmentTrendDesc          i18n.Key = "commitment.trend.desc"
	KeyCommitmentTrendRange         i18n.Key = "commitment.trend.range"
)

// What is not counted.
const (
	KeyCommitmentLeftOut       i18n.Key = "commitment.left_out.title"
	KeyCommitmentLeftOutHow    i18n.Key = "commitment.left_out.how"
	KeyCommitmentLeftOutReason i18n.Key = "commitment.left_out.reason"
	KeyLeftOutWithdrawn        i18n.Key = "left_out.withdrawn"
	KeyLeftOutSentOn           i18n.Key = "left_out.sent_on"
	KeyLeftOutNoTerm           i18n.Key = "left_out.no_term"
	KeyLeftOutUnverified       i18n.Key = "left_out.unverified"
	KeyLeftOutNotPromised      i18n.Key = "left_out.not_promised"
	KeyLeftOutNoAnswer         i18n.Key = "left_out.no_answer"
)
