package national

import "charterhouse/internal/i18n"

// The comparison.
const (
	KeyCompareMenu        i18n.Key = "compare.menu"
	KeyCompareTitle       i18n.Key = "compare.title"
	KeyCompareLead        i18n.Key = "compare.lead"
	KeyCompareDescription i18n.Key = "compare.description"
	KeyCompareReporting   i18n.Key = "compare.reporting" // Period, Count, Of
	KeyCompareNoPeriod    i18n.Key = "compare.no_period"
	KeyCompareMap         i18n.Key = "compare.map.title" // Indicator
	KeyCompareMapNoData   i18n.Key = "compare.map.no_data"
	KeyCompareMapReport   i18n.Key = "compare.map.reporting" // Part, Of
	KeyCompareMapHow      i18n.Key = "compare.map.how"
	KeyCompareUpTo        i18n.Key = "compare.map.up_to" // Share
	KeyCompareOver        i18n.Key = "compare.map.over"  // Share
	KeyCompareMore        i18n.Key = "compare.more"
	KeyCompareUnder       i18n.Key = "compare.map.under" // Share
	KeyCompareFrom        i18n.Key = "compare.map.from"  // Share
	KeyCompareClasses     i18n.Key = "compare.classes"
	KeyCompareClassReport i18n.Key = "compare.class.reporting" // Part, Of
	KeyCompareShowAll     i18n.Key = "compare.class.all"       // Number
	KeyCompareNothing     i18n.Key = "compare.nothing"
)

// Its filters.
const (
	KeyCompareFilters     i18n.Key = "compare.filter.label"
	KeyCompareCountry     i18n.Key = "compare.filter.country"
	KeyCompareBoth        i18n.Key = "compare.filter.countries_all"
	KeyCompareSize        i18n.Key = "compare.filter.size"
	KeyCompareIndicator   i18n.Key = "compare.filter.indicator"
	KeyComparePeriod      i18n.Key = "compare.filter.period"
	KeyCompareEvery       i18n.Key = "compare.filter.all"
	KeyCompareApply       i18n.Key = "compare.filter.apply"
	KeyCompareSort        i18n.Key = "compare.filter.sort"
	KeyCompareSortScore   i18n.Key = "compare.sort.score"
	KeyCompareSortWorst   i18n.Key = "compare.sort.worst"
	KeyCompareSortOwn     i18n.Key = "compare.sort.own"
	KeyCompareSortName    i18n.Key = "compare.sort.name"
	KeyCompareSortSize    i18n.Key = "compare.sort.size"
	KeyCompareSortCases   i18n.Key = "compare.sort.cases"
	KeyCompareSizeLarge   i18n.Key = "compare.size.large"
	KeyCompareSizeMedium  i18n.Key = "compare.size.medium"
	KeyCompareSizeSmall   i18n.Key = "compare.size.small"
	KeyCompareSizeUnknown i18n.Key = "compare.size.unknown"
	KeyPeriodRunning      i18n.Key = "compare.period.running"
	KeyPeriodRolling      i18n.Key = "compare.period.rolling" // To
)

// Its table.
const (
	KeyCompareColTown        i18n.Key = "compare.column.town"
	KeyCompareColInhabitants i18n.Key = "compare.column.inhabitants"
	KeyCompareColOwn         i18n.Key = "compare.column.own"
	KeyCompareColLaw         i18n.Key = "compare.column.law"
	KeyCompareColCases       i18n.Key = "compare.column.cases"
	KeyCompareColPlace       i18n.Key = "compare.column.place"
	KeyCompareColIndicator   i18n.Key = "compare.column.indicator"
	KeyCompareColValue       i18n.Key = "compare.column.value"
	KeyCompareColMedian      i18n.Key = "compare.column.median"
	KeyCompareColMonth       i18n.Key = "compare.column.month"
	KeyCompareColTowns       i18n.Key = "compare.column.towns"
	KeyCompareColRange       i18n.Key = "compare.column.range"
	KeyCompareColTotal       i18n.Key = "compare.column.total"
	KeyCompareNoOwn          i18n.Key = "compare.no_own"
	KeyComparePlace          i18n.Key = "compare.place"     // From, To, Of
	KeyComparePlaceOne       i18n.Key = "compare.place_one" // From, Of
	KeyCompareInterval       i18n.Key = "compare.interval"  // Value, Low, High
	KeyCompareLegend         i18n.Key = "compare.legend"    // From, To
	KeyCompareKeyMedian      i18n.Key = "compare.key.median"
)

// How to read it.
const (
	KeyCompareRead          i18n.Key = "compare.read.title"
	KeyCompareReadClass     i18n.Key = "compare.read.class"
	KeyCompareReadClassText i18n.Key = "compare.read.class_text"
	KeyCompareReadSmall     i18n.Key = "compare.read.small"
	KeyCompareReadSmallText i18n.Key = "compare.read.small_text"
	KeyCompareReadPlace     i18n.Key = "compare.read.place"
	KeyCompareReadPlaceText i18n.Key = "compare.read.place_text"
	KeyCompareReadFew       i18n.Key = "compare.read.few"
	KeyCompareReadFewText   i18n.Key = "compare.read.few_text"
	KeyCompareReadNone      i18n.Key = "compare.read.none"
	KeyCompareReadNoneText  i18n.Key = "compare.read.none_text"
	KeyCompareReadLaw       i18n.Key = "compare.read.law"
	KeyCompareReadLawText   i18n.Key = "compare.read.law_text"
)

// One indicator, one municipality, and the downloads.
const (
	KeyIndicatorUp             i18n.Key = "indicator.direction.up"
	KeyIndicatorDown           i18n.Key = "indicator.direction.down"
	KeyIndicatorContext        i18n.Key = "indicator.direction.context"
	KeyIndicatorSpread         i18n.Key = "indicator.spread"
	KeyIndicatorSpreadHow      i18n.Key = "indicator.spread_how" // Number
	KeyIndicatorQuartiles      i18n.Key = "indicator.quartiles"  // Lower, Middle, Upper
	KeyIndicatorTrend          i18n.Key = "indicator.trend"
	KeyIndicatorTrendHow       i18n.Key = "indicator.trend_how"
	KeyIndicatorAsTable        i18n.Key = "indicator.as_table"
	KeyIndicatorTable          i18n.Key = "indicator.table"
	KeyMunicipalityDescription i18n.Key = "municipality.description" // Town
	KeyMunicipalityLead        i18n.Key = "municipality.lead"
	KeyMunicipalitySite        i18n.Key = "municipality.site"
	KeyMunicipalityInTable     i18n.Key = "municipality.in_table"
	KeyMunicipalityIndicators  i18n.Key = "municipality.indicators"
	KeyMunicipalityPeers       i18n.Key = "municipality.peers"
	KeyMunicipalityPeersHow    i18n.Key = "municipality.peers_how"
	KeyMunicipalityNoPeers     i18n.Key = "municipality.peers_none"
	KeyFiguresTitle            i18n.Key = "coordinator.title"
	KeyFiguresLead             i18n.Key = "coordinator.lead"
	KeyFiguresNone             i18n.Key = "coordinator.none"
	KeyFiguresForeign          i18n.Key = "coordinator.foreign"
	KeyFiguresCompare          i18n.Key = "coordinator.compare"
	KeyDownloadFormat          i18n.Key = "download.format"
	KeyDownloadLabel           i18n.Key = "download.label"
)
