/** Texts that somebody could write to keep a reader busy. */
const many = (n: number, f: (i: number) => string) => Array.from({ length: n }, (_, i) => f(i)).join("");
const root = (b: string) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<otrs_package version="1.0">\n<Name>Acme</Name>\n<Version>1.0.0</Version>\n<Framework>7.1.x</Framework>\n${b}\n</otrs_package>\n`;
const fl = (b: string) => root(`<Filelist>${b}</Filelist>`);
const db = (b: string) => root(`<DatabaseInstall Type="post">${b}</DatabaseInstall>`);
const up = (b: string) => root(`<DatabaseUpgrade Type="post">${b}</DatabaseUpgrade>`);
const cols = '<Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>';
/** Specs of ever the same shape and of any size, by what there are many of. */
export const hostileSpecs: Readonly<Record<string, (count: number) => string>> = {
  attributes: (n) => root(`<Vendor ${many(n, (i) => `a${i}="1" `)}>x</Vendor>`),
  "attributes of File": (n) => fl(`<File ${many(n, (i) => `a${i}="1" `)}/>`),
  "attributes of Column": (n) =>
    db(`<TableCreate Name="t"><Column ${many(n, (i) => `a${i}="1" `)}/></TableCreate>`),
  "attributes of root": (n) => `<otrs_package ${many(n, (i) => `a${i}="1" `)}><Name>A</Name></otrs_package>`,
  "misspelt attributes": (n) => fl(`<File ${many(n, (i) => `Locatio${i} ="1" `)}/>`),
  "attributes in capitals": (n) => fl(`<File ${many(n, () => `LOCATION="1" `)}/>`),
  "attributes that differ in case": (n) =>
    fl(
      `<File ${many(n, (i) => `${[..."location"].map((c, k) => ((i >> k) & 1 ? c.toUpperCase() : c)).join("")}="1" `)}/>`,
    ),
  "equal attributes": (n) => fl(`<File ${many(n, () => `Location="1" `)}/>`),
  "equal unknown attributes": (n) => fl(`<File ${many(n, () => `foo="1" `)}/>`),
  namespaces: (n) => root(`<Vendor ${many(n, (i) => `xmlns:a${i}="1" `)}>x</Vendor>`),
  "attribute newlines": (n) => fl(`<File ${many(n, (i) => `a${i}="1\n" `)}/>`),
  "attributes without value": (n) => fl(`<File ${many(n, (i) => `a${i} `)}/>`),
  "long attribute": (n) => fl(`<File Location="${"a/".repeat(n)}" Permission="644"/>`),
  "amps in attr": (n) => fl(`<File Location="${"&amp;".repeat(n)}" Permission="644"/>`),
  "bare amps": (n) => root(`<Vendor>${"& ".repeat(n)}</Vendor>`),
  refs: (n) => root(`<Vendor>${"&amp;".repeat(n)}</Vendor>`),
  "undefined refs": (n) => root(`<Vendor>${"&foo;".repeat(n)}</Vendor>`),
  entities: (n) =>
    `<!DOCTYPE a [${many(n, (i) => `<!ENTITY e${i} "x">`)}]>` +
    root(`<Vendor>${many(n, (i) => `&e${i};`)}</Vendor>`),
  doctypes: (n) => many(n, () => `<!DOCTYPE a>`) + root(""),
  instructions: (n) => many(n, () => `<?a b?>`) + root(""),
  decls: (n) => many(n, () => `<?xml version="1.0"?>`) + root(""),
  bang: (n) => root(many(n, () => `<!foo>`)),
  "bang open": (n) => root(many(n, () => `<!foo `)),
  "doctype open": (n) => many(n, () => `<!DOCTYPE a [`),
  "qm open": (n) => root(many(n, () => `<?foo `)),
  roots: (n) => many(n, () => `<otrs_package version="1.0"/>`),
  "top texts": (n) => many(n, () => `x<a/>`),
  files: (n) => fl(many(n, (i) => `<File Location="Kernel/System/A${i}.pm" Permission="644"/>\n`)),
  "files one line": (n) => fl(many(n, (i) => `<File Location="Kernel/System/A${i}.pm" Permission="644"/>`)),
  "files empty": (n) => fl(many(n, () => `<File/>`)),
  "files same": (n) => fl(many(n, () => `<File Location="Kernel/A.pm" Permission="644"/>`)),
  "files case": (n) =>
    fl(
      many(
        n,
        (i) =>
          `<File Location="kernel/${[..."abcdefghijklmnopqrst"].map((c, k) => ((i >> k) & 1 ? c.toUpperCase() : c)).join("")}.pm" Permission="644"/>`,
      ),
    ),
  "files strange": (n) => fl(many(n, (i) => `<Fil Location="/../A//${i}.pm" Permission="9"/>`)),
  "files xml": (n) => fl(many(n, (i) => `<File Location="Kernel/Config/Files/A${i}.xml" Permission="644"/>`)),
  "files in root": (n) => root(many(n, (i) => `<File Location="Kernel/A${i}.pm" Permission="644"/>`)),
  filelists: (n) =>
    root(many(n, (i) => `<Filelist><File Location="Kernel/A${i}.pm" Permission="644"/></Filelist>`)),
  "filelists dup": (n) =>
    root(many(n, () => `<Filelist><File Location="Kernel/A.pm" Permission="644"/></Filelist>`)),
  "filelists xml": (n) =>
    root(
      many(
        n,
        (i) => `<Filelist><File Location="Kernel/Config/Files/A${i}.xml" Permission="644"/></Filelist>`,
      ),
    ),
  "filelists nested": (n) => root(many(n, () => `<Filelist>`)),
  names: (n) => root(many(n, (i) => `<Name>A${i}</Name>`)),
  versions: (n) => root(many(n, (i) => `<Version>1.${i}</Version>`)),
  frameworks: (n) => root(many(n, (i) => `<Framework>7.${i}.x</Framework>`)),
  "frameworks bounds": (n) =>
    root(many(n, (i) => `<Framework Minimum="7.0.${i}" Maximum="7.${i}.1">7.${i}.x</Framework>`)),
  "frameworks same": (n) => root(many(n, (i) => `<Framework Minimum="7.0.${i}">7.1.x</Framework>`)),
  "frameworks alternatives": (n) => root(many(n, () => `<Framework>(7|8).x</Framework>`)),
  "frameworks x": (n) => root(`<Framework>${"x.".repeat(n)}</Framework>`),
  "frameworks parens": (n) => root(`<Framework>${"(".repeat(n)}${"|7".repeat(n)}</Framework>`),
  changelogs: (n) =>
    root(many(n, (i) => `<ChangeLog Version="1.0.${i}" Date="2024-01-01 00:00:00">x</ChangeLog>`)),
  "changelogs down": (n) =>
    root(many(n, (i) => `<ChangeLog Version="1.0.${n - i}" Date="2024-01-01 00:00:00">x</ChangeLog>`)),
  "changelogs same": (n) =>
    root(many(n, () => `<ChangeLog Version="1.0.0" Date="2024-01-01 00:00:00">x</ChangeLog>`)),
  "changelogs bad": (n) => root(many(n, () => `<ChangeLog Date="2024">x</ChangeLog>`)),
  packagerequired: (n) => root(many(n, (i) => `<PackageRequired Version="1.0">P${i}</PackageRequired>`)),
  "packagerequired same": (n) =>
    root(many(n, (i) => `<PackageRequired Version="1.${i}">P</PackageRequired>`)),
  "packagerequired merged": (n) =>
    root(
      many(
        n,
        (i) =>
          `<PackageRequired Version="1.${i}">P${i}</PackageRequired><PackageMerge Name="P${i}" TargetVersion="1.0.0"/>`,
      ),
    ),
  modulerequired: (n) => root(many(n, (i) => `<ModuleRequired Version="1.0">P${i}</ModuleRequired>`)),
  "modulerequired same": (n) =>
    root(many(n, (i) => `<ModuleRequired${i % 2 ? ` Version="1.${i}"` : ""}>P</ModuleRequired>`)),
  merges: (n) =>
    root(
      many(
        n,
        (i) =>
          `<PackageMerge Name="P${i}" TargetVersion="1.0.0"><CodeUpgrade Type="merge">use x;</CodeUpgrade></PackageMerge>`,
      ),
    ),
  "merge dbs": (n) =>
    root(
      many(
        n,
        (i) =>
          `<PackageMerge Name="P${i}" TargetVersion="1.0.0"><DatabaseUpgrade Type="merge"><TableCreate Name="t${i}">${cols}</TableCreate></DatabaseUpgrade></PackageMerge>`,
      ),
    ),
  codes: (n) =>
    root(
      many(
        n,
        (i) =>
          `<CodeInstall Type="post" IfPackage="P${i}">use Acme${i}; $Kernel::OM->Get('Kernel::System::Acme${i}');</CodeInstall>`,
      ),
    ),
  "codes all": (n) =>
    root(
      many(
        n,
        () =>
          `<CodeInstall Type="pre">a</CodeInstall><CodeUpgrade Type="post">b</CodeUpgrade><CodeUninstall Type="post">c</CodeUninstall><CodeReinstall Type="post">c</CodeReinstall>`,
      ),
    ),
  "codes packagesetup": (n) =>
    root(
      many(
        n,
        (i) =>
          `<CodeInstall Type="post"><![CDATA[$Kernel::OM->Get('var::packagesetup::Acme${i}')->CodeInstall();]]></CodeInstall>`,
      ) +
        "<Filelist>" +
        many(n, (i) => `<File Location="var/packagesetup/Acme${i}.pm" Permission="644"/>`) +
        "</Filelist>",
    ),
  "codes own files": (n) =>
    root(
      many(
        n,
        (i) =>
          `<CodeInstall Type="pre"><![CDATA[$Kernel::OM->Get('Kernel::System::Acme${i}')->x();]]></CodeInstall>`,
      ) +
        "<Filelist>" +
        many(n, (i) => `<File Location="Kernel/System/Acme${i}.pm" Permission="644"/>`) +
        "</Filelist>",
    ),
  "codes same get": (n) =>
    root(
      `<CodeInstall Type="pre"><![CDATA[${many(n, (i) => `$Kernel::OM->Get('Kernel::System::Acme${i}')->x();\n`)}]]></CodeInstall><Filelist>` +
        many(n, (i) => `<File Location="Kernel/System/Acme${i}.pm" Permission="644"/>`) +
        "</Filelist>",
    ),
  "code words": (n) =>
    root(`<CodeInstall Type="post">${"use ".repeat(n)}${"A::".repeat(n)}${"$a = ".repeat(n)}</CodeInstall>`),
  "code quotes": (n) =>
    root(`<CodeInstall Type="post">${"q{".repeat(n)}${"'".repeat(n)}${"&lt;&lt;A".repeat(n)}</CodeInstall>`),
  "code calls": (n) =>
    root(
      `<CodeInstall Type="post">${"-&gt;Get( ".repeat(n)}${"A -&gt; ".repeat(n)}${" ".repeat(n)}</CodeInstall>`,
    ),
  "code returns": (n) =>
    root(
      `<CodeInstall Type="post">${"return;\n".repeat(n)}${"if (1) { return 1; }\n".repeat(n)}${"# x\n".repeat(n)}</CodeInstall>`,
    ),
  "code braces": (n) =>
    root(`<CodeInstall Type="post">${"{".repeat(n)}${"(".repeat(n)}${"}".repeat(n)}</CodeInstall>`),
  "code heredocs": (n) =>
    root(`<CodeInstall Type="post"><![CDATA[${many(n, (i) => `print <<E${i};\n`)}]]></CodeInstall>`),
  "code slashes": (n) =>
    root(`<CodeInstall Type="post"><![CDATA[${many(n, () => `a / s/ y{ m( \n`)}]]></CodeInstall>`),
  "code pod": (n) => root(`<CodeInstall Type="post"><![CDATA[${many(n, () => `\n=pod\n`)}]]></CodeInstall>`),
  "code blanks": (n) =>
    root(`<CodeInstall Type="post"><![CDATA[${" ".repeat(n)}x${"\n".repeat(n)}]]></CodeInstall>`),
  "cdatas in code": (n) => root(`<CodeInstall Type="post">${many(n, () => `<![CDATA[x]]>`)}</CodeInstall>`),
  "cdatas on line": (n) => root(many(n, () => `<CodeInstall Type="post"><![CDATA[x]]></CodeInstall>`)),
  "cdata open": (n) => root(`<CodeInstall Type="post">${many(n, () => `<![CDATA[x`)}</CodeInstall>`),
  "cdata open many": (n) => root(many(n, () => `<CodeInstall Type="post"><![CDATA[x</CodeInstall>`)),
  "cdata open last closed": (n) =>
    root(
      many(n, () => `<CodeInstall Type="post"><![CDATA[x</CodeInstall>`) +
        "<CodeInstall><![CDATA[x]]></CodeInstall>",
    ),
  "cdata open last closed 2": (n) =>
    root(
      many(n, (i) => `<CodeInstall${i} Type="post"><![CDATA[x</CodeInstall>`) +
        "<CodeInstall><![CDATA[x]]></CodeInstall>",
    ),
  "cdata misnested": (n) => root(many(n, (i) => `<A${i}><![CDATA[x`) + many(n, () => `]]>`)),
  "cdata ends": (n) => root(`<CodeInstall Type="post">${many(n, () => `]]>`)}</CodeInstall>`),
  comments: (n) => root(many(n, () => `<!-- x -->`)),
  "comments open": (n) => root(many(n, () => `<!-- x `)),
  "comments open els": (n) => root(many(n, () => `<Name><!-- x </Name>`)),
  "comments open els closed": (n) => root(`${many(n, () => `<Name><!-- x </Name>`)}<!-- -->`),
  "comments open els2": (n) => root(`${many(n, (i) => `<Name${i}><!-- x </Name>`)}<!-- -->`),
  "comment dashes": (n) => root(`<!-- ${"--".repeat(n)} -->`),
  "comments in name": (n) => root(`<Vendor>${many(n, () => `x<!-- y -->`)}</Vendor>`),
  "suppress lines": (n) => root(many(n, (i) => `<Foo${i}/> <!-- sopm-disable-line element-unknown -->\n`)),
  "suppress one line": (n) => root(many(n, (i) => `<Foo${i}/> <!-- sopm-disable-line a${i} -->`)),
  "suppress file": (n) => root(many(n, (i) => `<!-- sopm-disable-file a${i} --><Foo/>`)),
  "suppress ids": (n) => root(`<!-- sopm-disable-line ${many(n, (i) => `a${i} `)}-->`),
  nofilter: (n) => root(many(n, () => `<!-- nofilter(TidyAll::Plugin::Znuny::SOPM::XSD) --><Foo/>`)),
  "nofilter one": (n) => root(`<!-- ${many(n, () => `nofilter(TidyAll::Plugin::Znuny::SOPM::XSD)`)} -->`),
  "nofilter evil": (n) => root(`<!-- nofilter(TidyAll::Plugin::${"SOPM::a".repeat(n)} -->`),
  "nofilter evil2": (n) => root(`<!-- ${"nofilter(TidyAll::Plugin::SOPM::".repeat(n)} -->`),
  "suppress evil": (n) => root(`<!-- ${"sopm-disable-".repeat(n)} -->`),
  "findings one line": (n) => root(many(n, () => `<Foo/>`)),
  "findings lines": (n) => root(many(n, () => `<Foo/>\n`)),
  nested: (n) => root(many(n, () => `<a>`) + many(n, () => `</a>`)),
  "nested open": (n) => many(n, () => `<a>`),
  "nested 250": (n) => root(many(Math.floor(n / 250) + 1, () => "<a>".repeat(250) + "</a>".repeat(250))),
  "nested 250 distinct": (n) => root(many(Math.floor(n / 250) + 1, () => many(250, (k) => `<a${k}>`))),
  "open siblings": (n) => root(many(n, () => `<Vendor>`)),
  "open children": (n) => root(many(n, () => `<Vendor>x<URL>`)),
  unfinished: (n) => root(many(n, () => `<Vendor `)),
  unfinished2: (n) => root(many(n, () => `<Vendor <URL </Vendor>`)),
  "stray ends": (n) => root(many(n, () => `</x>`)),
  "stray ends deep": (n) => root("<aa>".repeat(250) + many(n, () => `</x>`)),
  "stray ends misspelt": (n) => root(many(n, () => `<Vendor>x</Vender>`)),
  lt: (n) => root(`<Vendor>${"< ".repeat(n)}</Vendor>`),
  "lt attr": (n) => fl(`<File Location="${"< ".repeat(n)}" Permission="644"/>`),
  "quotes missing": (n) => fl(many(n, () => `<File Location="a Permission="644"/>`)),
  "quotes missing one": (n) => fl(`<File ${many(n, (i) => `L${i}="a `)}/>`),
  "quotes missing lines": (n) => fl(`<File ${many(n, (i) => `L${i}="a\n`)}/>`),
  junk: (n) => fl(`<File ${'/ " = '.repeat(n)}/>`),
  "quote lt": (n) => fl(`<File ${many(n, (i) => `a${i}="<' b='<" `)}>`),
  tables: (n) => db(many(n, (i) => `<TableCreate Name="t${i}">${cols}</TableCreate>`)),
  "tables same": (n) => db(many(n, () => `<TableCreate Name="t">${cols}</TableCreate>`)),
  "tables cols dropped": (n) =>
    db(many(n, (i) => `<TableCreate Name="t${i}">${cols}</TableCreate>`)) +
    root(`<DatabaseUninstall Type="pre">${many(n, (i) => `<TableDrop Name="t${i}"/>`)}</DatabaseUninstall>`),
  "tables+drops": (n) =>
    root(
      `<DatabaseInstall Type="post">${many(n, (i) => `<TableCreate Name="t${i}">${cols}<ForeignKey ForeignTable="t${i + 1}"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate>`)}</DatabaseInstall><DatabaseUninstall Type="pre">${many(n, (i) => `<TableDrop Name="t${i}"/>`)}</DatabaseUninstall>`,
    ),
  drops: (n) =>
    root(`<DatabaseUninstall Type="pre">${many(n, (i) => `<TableDrop Name="t${i}"/>`)}</DatabaseUninstall>`),
  sections: (n) =>
    root(
      many(
        n,
        (i) =>
          `<DatabaseInstall Type="post"><TableCreate Name="t${i}">${cols}</TableCreate></DatabaseInstall>`,
      ),
    ),
  "sections drops": (n) =>
    root(
      many(
        n,
        (i) =>
          `<DatabaseInstall Type="post"><TableCreate Name="t${i}">${cols}</TableCreate></DatabaseInstall><DatabaseUninstall Type="pre"><TableDrop Name="t${i}"/></DatabaseUninstall>`,
      ),
    ),
  "upgrade sections": (n) =>
    root(
      many(
        n,
        (i) =>
          `<DatabaseUpgrade Type="post"><TableAlter Name="t${i % 10}" Version="1.0.${i}"><ColumnAdd Name="c${i}" Type="INTEGER"/></TableAlter></DatabaseUpgrade>`,
      ),
    ),
  "install+upgrade": (n) =>
    root(
      `<DatabaseInstall Type="post">${many(n, (i) => `<TableCreate Name="t${i}">${cols}<Column Name="c" Type="VARCHAR" Size="20"/></TableCreate>`)}</DatabaseInstall><DatabaseUpgrade Type="post">${many(n, (i) => `<TableAlter Name="t${i}" Version="1.0.${i}"><ColumnAdd Name="c" Type="VARCHAR" Size="10"/></TableAlter>`)}</DatabaseUpgrade>`,
    ),
  columns: (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="VARCHAR" Size="20"/>`)}</TableCreate>`,
    ),
  "columns same": (n) =>
    db(`<TableCreate Name="t">${many(n, () => `<Column Name="c" Type="VARCHAR" Size="20"/>`)}</TableCreate>`),
  "columns pk": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="INTEGER" PrimaryKey="true" AutoIncrement="true"/>`)}</TableCreate>`,
    ),
  "columns unknown": (n) =>
    db(`<TableCreate Name="t">${many(n, (i) => `<Column Nam="c${i}" Typ="INTEGR"/>`)}</TableCreate>`),
  indexes: (n) =>
    db(
      `<TableCreate Name="t">${cols}${many(n, (i) => `<Index Name="i${i}"><IndexColumn Name="id"/></Index>`)}</TableCreate>`,
    ),
  "indexes unnamed": (n) =>
    db(
      `<TableCreate Name="t">${cols}${many(n, () => `<Index><IndexColumn Name="id"/></Index>`)}</TableCreate>`,
    ),
  "indexes same": (n) =>
    db(
      `<TableCreate Name="t">${cols}${many(n, (i) => `<Index Name="i"><IndexColumn Name="x${i}"/></Index>`)}</TableCreate>`,
    ),
  uniques: (n) =>
    db(
      `<TableCreate Name="t">${cols}${many(n, (i) => `<Unique Name="i${i}"><UniqueColumn Name="id"/></Unique>`)}</TableCreate>`,
    ),
  indexcolumns: (n) =>
    db(
      `<TableCreate Name="t">${cols}<Index Name="i">${many(n, (i) => `<IndexColumn Name="c${i}"/>`)}</Index></TableCreate>`,
    ),
  "columns+indexcolumns": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="VARCHAR" Size="20"/>`)}<Index Name="i">${many(n, (i) => `<IndexColumn Name="c${i}"/>`)}</Index></TableCreate>`,
    ),
  "columns+indexes": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="VARCHAR" Size="20"/>`)}${many(n, (i) => `<Index Name="i${i}"><IndexColumn Name="c${i}"/></Index>`)}</TableCreate>`,
    ),
  "columns+uniques": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="VARCHAR" Size="2000000"/>`)}${many(n, (i) => `<Unique Name="i${i}"><UniqueColumn Name="c${i}"/></Unique>`)}</TableCreate>`,
    ),
  fks: (n) =>
    db(
      `<TableCreate Name="t">${cols}${many(n, () => `<ForeignKey ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKey>`)}</TableCreate>`,
    ),
  "fks distinct": (n) =>
    db(
      `<TableCreate Name="t">${cols}${many(n, (i) => `<ForeignKey ForeignTable="u${i}"><Reference Local="id" Foreign="id"/></ForeignKey>`)}</TableCreate>`,
    ),
  "columns+fks": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="INTEGER"/>`)}${many(n, (i) => `<ForeignKey ForeignTable="users"><Reference Local="c${i}" Foreign="id"/></ForeignKey>`)}</TableCreate>`,
    ),
  "columns+fk refs": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="INTEGER"/>`)}<ForeignKey ForeignTable="t">${many(n, (i) => `<Reference Local="c${i}" Foreign="c${i}"/>`)}</ForeignKey></TableCreate>`,
    ),
  "refs same fk": (n) =>
    db(
      `<TableCreate Name="t">${cols}<ForeignKey ForeignTable="users">${many(n, (i) => `<Reference Local="c${i}" Foreign="f${i}"/>`)}</ForeignKey></TableCreate>`,
    ),
  "fk across tables": (n) =>
    db(
      many(
        n,
        (i) =>
          `<TableCreate Name="t${i}">${cols}<ForeignKey ForeignTable="t${i - 1}"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate>`,
      ),
    ),
  "fk to later": (n) =>
    db(
      many(
        n,
        (i) =>
          `<TableCreate Name="t${i}">${cols}<ForeignKey ForeignTable="t${i + 1}"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate>`,
      ),
    ),
  "fk to last": (n) =>
    db(
      many(
        n,
        (i) =>
          `<TableCreate Name="t${i}">${cols}<ForeignKey ForeignTable="t${n - 1}"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate>`,
      ),
    ),
  "alters one table": (n) =>
    up(
      many(
        n,
        (i) => `<TableAlter Name="t" Version="1.0.1"><ColumnAdd Name="c${i}" Type="INTEGER"/></TableAlter>`,
      ),
    ),
  "alters install": (n) =>
    db(
      `<TableCreate Name="t">${cols}</TableCreate>` +
        many(n, (i) => `<TableAlter Name="t"><ColumnAdd Name="c${i}" Type="INTEGER"/></TableAlter>`),
    ),
  "alters install one": (n) =>
    db(
      `<TableCreate Name="t">${cols}</TableCreate><TableAlter Name="t">` +
        many(n, (i) => `<ColumnAdd Name="c${i}" Type="INTEGER"/>`) +
        "</TableAlter>",
    ),
  "alters changes": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="VARCHAR" Size="20"/>`)}</TableCreate><TableAlter Name="t">` +
        many(n, (i) => `<ColumnChange NameOld="c${i}" NameNew="d${i}" Type="VARCHAR" Size="10"/>`) +
        "</TableAlter>",
    ),
  "alters changes many": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="VARCHAR" Size="20"/>`)}</TableCreate>` +
        many(
          n,
          (i) =>
            `<TableAlter Name="t"><ColumnChange NameOld="c${i}" NameNew="d${i}" Type="VARCHAR" Size="10"/></TableAlter>`,
        ),
    ),
  "alters drops": (n) =>
    up(
      `<TableCreate Name="t" Version="1.0.0">${many(n, (i) => `<Column Name="c${i}" Type="VARCHAR" Size="20"/>`)}</TableCreate>` +
        many(n, (i) => `<TableAlter Name="t" Version="1.0.1"><ColumnDrop Name="c${i}"/></TableAlter>`),
    ),
  renames: (n) =>
    db(
      `<TableCreate Name="t0">${cols}</TableCreate>` +
        many(n, (i) => `<TableAlter NameOld="t${i}" NameNew="t${i + 1}"/>`),
    ),
  "framework alters": (n) =>
    db(many(n, (i) => `<TableAlter Name="ticket"><ColumnAdd Name="c${i}" Type="INTEGER"/></TableAlter>`)),
  "framework alters reverted": (n) =>
    root(
      `<DatabaseInstall Type="post">${many(n, (i) => `<TableAlter Name="ticket"><ColumnAdd Name="c${i}" Type="INTEGER"/></TableAlter>`)}</DatabaseInstall><DatabaseUninstall Type="pre">${many(n, (i) => `<TableAlter Name="ticket"><ColumnDrop Name="c${i}"/></TableAlter>`)}</DatabaseUninstall>`,
    ),
  "index create": (n) =>
    db(
      `<TableCreate Name="t">${cols}</TableCreate>` +
        many(
          n,
          (i) =>
            `<TableAlter Name="t"><IndexCreate Name="i${i}"><IndexColumn Name="id"/></IndexCreate><IndexDrop Name="i${i}"/></TableAlter>`,
        ),
    ),
  "fk create": (n) =>
    db(
      `<TableCreate Name="t">${cols}</TableCreate>` +
        many(
          n,
          () =>
            `<TableAlter Name="t"><ForeignKeyCreate ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKeyCreate></TableAlter>`,
        ),
    ),
  inserts: (n) =>
    db(
      `<TableCreate Name="t">${cols}<Column Name="v" Type="INTEGER" Required="true"/></TableCreate>` +
        many(n, (i) => `<Insert Table="t"><Data Key="id">${i}</Data></Insert>`),
    ),
  "inserts unknown": (n) =>
    db(many(n, (i) => `<Insert Table="t${i}"><Data Key="x${i}" Type="Quote">${i}</Data></Insert>`)),
  "insert data": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="INTEGER" Required="true"/>`)}</TableCreate><Insert Table="t">${many(n, (i) => `<Data Key="c${i}">1</Data>`)}</Insert>`,
    ),
  "insert data same": (n) =>
    db(
      `<TableCreate Name="t">${cols}</TableCreate><Insert Table="t">${many(n, () => `<Data Key="x">1</Data>`)}</Insert>`,
    ),
  "inserts x columns": (n) =>
    db(
      `<TableCreate Name="t">${many(n, (i) => `<Column Name="c${i}" Type="INTEGER"/>`)}</TableCreate>` +
        many(n, (i) => `<Insert Table="t"><Data Key="c${i}">1</Data></Insert>`),
    ),
  "inserts framework": (n) => db(many(n, (i) => `<Insert Table="valid"><Data Key="id">${i}</Data></Insert>`)),
  "inserts before fk": (n) =>
    db(
      many(n, (i) => `<Insert Table="t${i}"><Data Key="id">1</Data></Insert>`) +
        many(
          n,
          (i) =>
            `<TableCreate Name="t${i}">${cols}<ForeignKey ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate>`,
        ),
    ),
  "misspelt elements": (n) => root(many(n, () => `<Vendr>x</Vendr><Descriptin/>`)),
  "case elements": (n) => root(many(n, () => `<vendor>x</vendor><FILELIST/>`)),
  descriptions: (n) => root(many(n, (i) => `<Description Lang="l${i}">x</Description>`)),
  "descriptions same": (n) => root(many(n, () => `<Description Lang="de">x</Description>`)),
  intros: (n) => root(many(n, (i) => `<IntroInstall Type="post" Lang="l${i}" Title="x">x</IntroInstall>`)),
  "intros same": (n) => root(many(n, () => `<IntroInstall Type="post" Lang="de" Title="x">x</IntroInstall>`)),
  "intro html": (n) =>
    root(
      `<IntroInstall Type="post" Lang="de" Title="x"><![CDATA[${"<div".repeat(n)}${"<b>".repeat(n)}${"<!--".repeat(n)}${"<script".repeat(n)}${" on".repeat(n)}]]></IntroInstall>`,
    ),
  "intro children": (n) =>
    root(`<IntroInstall Type="post" Lang="de" Title="x">${many(n, () => `<b>x</b>`)}</IntroInstall>`),
  "intro texts": (n) =>
    root(
      `<IntroInstall Type="post" Lang="de" Title="x">${many(n, () => `x <b>x</b> y &lt;`)}</IntroInstall>`,
    ),
  "text after child": (n) => root(`<Vendor>${many(n, () => `x <b>x</b> y`)}</Vendor>`),
  "text between": (n) => root(many(n, () => `text<Vendor/>`)),
  "text between files": (n) => fl(many(n, () => `text<File/>`)),
  "text between nested": (n) =>
    root(`<PackageMerge>${many(n, () => `text<Vendor/>&amp;<![CDATA[x]]>`)}</PackageMerge>`),
  vendors: (n) => root(many(n, () => `<Vendor>x</Vendor>`)),
  order: (n) => root(many(n, () => `<Vendor>x</Vendor><Name>x</Name>`)),
  "order policy": (n) =>
    root(many(n, () => `<CodeInstall Type="post">x</CodeInstall><Framework>7.0.x</Framework>`)),
  "build fields": (n) => root(many(n, () => `<BuildDate>x</BuildDate><BuildHost>y</BuildHost>`)),
  os: (n) => root(many(n, (i) => `<OS></OS><OS>${i}</OS>`)),
  flags: (n) =>
    root(
      many(
        n,
        () =>
          `<PackageIsVisible>0</PackageIsVisible><PackageIsRemovable>0</PackageIsRemovable><PackageIsBuildable>0</PackageIsBuildable>`,
      ),
    ),
  urls: (n) => root(`<URL>http://${"a.".repeat(n)}</URL><License>${"GPL ".repeat(n)}</License>`),
  "license blanks": (n) =>
    root(
      `<License>${" ".repeat(n)}x</License><Name>${" ".repeat(n)}x${" ".repeat(n)}x</Name><Version>${"1.".repeat(n)}</Version><Vendor>${"\n ".repeat(n)}</Vendor>`,
    ),
  "name long": (n) =>
    root(
      `<Name>${"A-1.".repeat(n)}</Name><Version>${"1".repeat(n)}</Version><Framework>${" ".repeat(n)}7.${" ".repeat(n)}</Framework>`,
    ),
  "metadata nested": (n) =>
    root(
      `<PackageMerge>${many(n, () => `<Name>x</Name>`)}</PackageMerge><Vendor>${many(n, () => `<Name>x</Name>`)}</Vendor>`,
    ),
  "db unknown": (n) => db(many(n, () => `<TableCreat Name="t"/><Foo/>`)),
  "db nested misplaced": (n) =>
    db(`<TableCreate Name="t">${many(n, () => `<Name>x</Name><Index/><Foo/><Data/>`)}</TableCreate>`),
  control: (n) => root(`<Vendor>${"\u0001x".repeat(n)}</Vendor>`),
  "control run": (n) => root(`<Vendor>${"\u0001".repeat(n)}</Vendor>`),
  replacement: (n) => root(`<Vendor>${"\ufffdx".repeat(n)}</Vendor>`),
  boms: (n) => "\ufeff".repeat(n) + root(""),
  crs: (n) => root(`<Vendor>${"\r".repeat(n)}</Vendor>`),
  lines: (n) => root("\n".repeat(n)),
  "empty root endtags": (n) => root(many(n, () => "</Vendor ")),
  "root cdata": (n) => root(many(n, () => "<![CDATA[x]]>")),
  "root refs": (n) => root(many(n, () => "&amp;")),
};
