// The words of select2 in Kyrgyz, made as its own files of words are.
(() => {
  const amd = window.jQuery?.fn?.select2?.amd
  amd?.define("select2/i18n/ky", [], () => ({
    errorLoading: () => "Натыйжаларды жүктөөгө болбоду",
    inputTooLong: ({ input, maximum }) => `${input.length - maximum} белгини өчүрүңүз`,
    inputTooShort: ({ input, minimum }) => `Дагы кеминде ${minimum - input.length} белги жазыңыз`,
    loadingMore: () => "Дагы жүктөлүүдө…",
    maximumSelected: ({ maximum }) => `Эң көбү ${maximum} нерсе тандалат`,
    noResults: () => "Эч нерсе табылган жок",
    searching: () => "Изделүүдө…",
    removeAllItems: () => "Баарын алып салуу",
  }))
})()
