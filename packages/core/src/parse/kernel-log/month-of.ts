/**
 * How strftime(3) %b and %B name the months (glibc and CLDR), the dot of an abbreviation left out, lower case: January
 * first. A word that two languages mean differently stands nowhere ("lis" is November in Polish, October in Croatian:
 * the more spoken one is taken).
 */
const names: readonly string[] = [
  "jan january jän jänner januar januari janv janvier ene enero gen gennaio gener janeiro sty stycznia styczeń янв января январь led ledna leden tammi tammik tammikuu oca ocak ian ianuarie január січ січня jaan ιαν яну січень 一月",
  "feb february februar februari febr févr fév février febrero febbraio febrer fev fevereiro lut lutego luty фев февр февраля февраль úno února únor helmi helmik helmikuu şub şubat februarie február лют лютого φεβ лютий 二月",
  "mar march mär märz mrz mars marzo març março mrt maart marca marzec мар марта март bře brez března březen maalis maalisk maaliskuu mart martie márc március бер березня μαρ marts берез березень 三月",
  "apr april avr avril abr abril aprile kwi kwietnia kwiecień апр апреля апрель dub dubna duben huhti huhtik huhtikuu nis nisan aprilie ápr április кві квітня απρ квіт квітень 四月",
  "may mai mayo mag maggio maig maio mei maj maja mayıs мая май kvě květ května květen touko toukok toukokuu máj május тра травня μαΐ μαϊ трав травень 五月",
  "jun june juni juin junio giu giugno juny junho cze czerwca czerwiec июн июня июнь čen čvn června červen kesä kesäk kesäkuu haz haziran iun iunie jún június чер червня ιουν червень 六月",
  "jul july juli juil juillet julio lug luglio juliol julho lip lipca lipiec июл июля июль čec čvc července červenec heinä heinäk heinäkuu tem temmuz iul iulie júl július липня ιουλ лип липень 七月",
  "aug august août aou agosto ago agost sie sierpnia sierpień авг августа август srp srpna srpen elo elok elokuu ağu ağustos augusti augustus серп серпня αυγ agu agustus серпень 八月",
  "sep sept september septembre septiembre set settembre setembre setembro wrz września wrzesień сен сент сентября сентябрь zář září syys syysk syyskuu eyl eylül septembrie szept szeptember вер вересня σεπ верес вересень 九月",
  "oct october okt oktober octobre octubre ott ottobre out outubro paź października październik окт октября октябрь říj října říjen loka lokak lokakuu eki ekim octombrie október жов жовтня οκτ жовтень 十月",
  "nov november novembre noviembre novembro lis listopada listopad ноя нояб ноября ноябрь лис marras marrask marraskuu kas kasım noiembrie noi νοε листопад листопада 十一月",
  "dec december dez dezember déc décembre dic diciembre dicembre des desembre dezembro desember gru grudnia grudzień дек декабря декабрь pro prosince prosinec joulu jouluk joulukuu ara aralık decembrie грудня груд δεκ грудень 十二月",
];

/** By the name as most locales write it, the first letter great or small: other ways of writing are looked up slowly. */
const months: ReadonlyMap<string, number> = new Map(
  names.flatMap((row, at) =>
    row
      .split(" ")
      .flatMap((name) => [
        [name, at + 1] as const,
        [name.slice(0, 1).toUpperCase() + name.slice(1), at + 1] as const,
      ]),
  ),
);

/** `1月`, `１２月`, `1월`: Chinese, Japanese and Korean count their months. */
const counted = /^([0-9０-９]{1,2})[月월]$/;

/** Number of a month, 1–12, by its name in any common language; null when nobody knows it. */
export function monthOf(name: string): number | null {
  const known = months.get(name);
  if (known !== undefined) return known;
  if (name.length > 16) return null;
  const plain = name.normalize("NFKC").toLowerCase().replace(/\.$/, "");
  const month = months.get(plain) ?? Number(counted.exec(plain)?.[1] ?? Number.NaN);
  return month >= 1 && month <= 12 ? month : null;
}
