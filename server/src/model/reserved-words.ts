/** Who cannot take a word as a name without quotes, and nobody quotes names here. */
export type ReservingDatabase = "MySQL" | "MySQL 8" | "PostgreSQL" | "Oracle" | "SQL";

/**
 * The databases in which a name of a table, column or index is a reserved word; empty for a free name.
 *
 * `MySQL` means all its releases and MariaDB, `MySQL 8` that older releases and mostly MariaDB take the word.
 * `SQL` stands for the standard alone: no database that the frameworks support minds the word today.
 *
 * @source the keyword lists of MySQL 5.7 and 8.0, PostgreSQL 15, Oracle 19 and SQL:2016
 */
export function reservedIn(name: string): readonly ReservingDatabase[] {
  const word = name.toLowerCase();
  return lists.flatMap(({ database, words }) => (words.has(word) ? [database] : []));
}

/** Whether most systems run on a database, so that a package has to be able to. */
export function isWidespread(database: ReservingDatabase): boolean {
  return lists.some((list) => list.database === database && list.isWidespread);
}

interface WordList {
  readonly database: ReservingDatabase;
  readonly isWidespread?: boolean;
  readonly words: ReadonlySet<string>;
}

const lists: readonly WordList[] = [
  {
    database: "MySQL",
    isWidespread: true,
    words: wordsOf(`
      accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade
      case change char character check collate column condition constraint continue convert create cross current_date
      current_time current_timestamp current_user cursor database databases day_hour day_microsecond day_minute
      day_second dec decimal declare default delayed delete desc describe deterministic distinct distinctrow div
      double drop dual each else elseif enclosed escaped exists exit explain false fetch float float4 float8 for force
      foreign from fulltext grant group having high_priority hour_microsecond hour_minute hour_second if ignore in
      index infile inner inout insensitive insert int int1 int2 int3 int4 int8 integer interval into is iterate join
      key keys kill leading leave left like limit linear lines load localtime localtimestamp lock long longblob
      longtext loop low_priority match maxvalue mediumblob mediumint mediumtext middleint minute_microsecond
      minute_second mod modifies natural not no_write_to_binlog null numeric on optimize option optionally or order
      out outer outfile partition precision primary procedure purge range read reads read_write real references regexp
      release rename repeat replace require resignal restrict return revoke right rlike schema schemas
      second_microsecond select sensitive separator set show signal smallint spatial specific sql sqlexception
      sqlstate sqlwarning sql_big_result sql_calc_found_rows sql_small_result ssl starting straight_join table
      terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock unsigned update
      usage use using utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying when where while
      with write xor year_month zerofill`),
  },
  {
    database: "MySQL 8",
    words: wordsOf(`
      cube cume_dist dense_rank empty except first_value function generated get grouping groups intersect io_after_gtids
      io_before_gtids json_table lag last_value lateral lead master_bind nth_value ntile of optimizer_costs over
      percent_rank rank recursive row row_number rows stored system virtual window`),
  },
  {
    database: "PostgreSQL",
    isWidespread: true,
    words: wordsOf(`
      all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
      column concurrently constraint create cross current_catalog current_date current_role current_schema
      current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
      foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral
      leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps
      placing primary references returning right select session_user similar some symmetric table tablesample then to
      trailing true union unique user using variadic verbose when where window with`),
  },
  {
    database: "Oracle",
    words: wordsOf(`
      access add all alter and any as asc audit between by char check cluster column column_value comment compress
      connect create current date decimal default delete desc distinct drop else exclusive exists file float for from
      grant group having identified immediate in increment index initial insert integer intersect into is level like
      lock long maxextents minus mlslabel mode modify nested_table_id noaudit nocompress not nowait null number of
      offline on online option or order pctfree prior public raw rename resource revoke row rowid rownum rows select
      session set share size smallint start successful synonym sysdate table then to trigger uid union unique update
      user validate values varchar varchar2 view whenever where with`),
  },
  {
    database: "SQL",
    words: wordsOf("begin escape external new open privileges time timestamp truncate"),
  },
];

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
