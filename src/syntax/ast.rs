//! The syntax tree: what is written, with the place of everything, before names mean anything.
//!
//! In: lowered from the parser's pairs. Out: read by the formatter and by the model. Never changed after
//! lowering. It keeps what the formatter needs (brackets, how a number was written) and no comments: those
//! stand beside it in [`File::comments`].

use crate::source::{SourceId, Span};
use crate::value::{Date, Number, Period, PeriodKind, RoundMode};

/// One rules file.
#[derive(Debug, Clone)]
pub struct File {
    /// Which file.
    pub source: SourceId,
    /// The declarations in the order they are written, broken ones included.
    pub declarations: Vec<Declaration>,
    /// Every comment with its `#`, in order.
    pub comments: Vec<Span>,
}

/// A word that starts a declaration at the left margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclarationWord {
    /// `rules`
    Rules,
    /// `source`
    Source,
    /// `unit`
    Unit,
    /// `data`
    Data,
    /// `parameter`
    Parameter,
    /// `measure`
    Measure,
    /// `condition`
    Condition,
    /// `permission`
    Permission,
    /// `payment`
    Payment,
    /// `allocation`
    Allocation,
    /// `outcome`
    Outcome,
    /// `decision`
    Decision,
    /// `check`
    Check,
    /// `scenario`
    Scenario,
}

impl DeclarationWord {
    /// Every word with its spelling, in the order of the language reference.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Rules, "rules"),
        (Self::Source, "source"),
        (Self::Unit, "unit"),
        (Self::Data, "data"),
        (Self::Parameter, "parameter"),
        (Self::Measure, "measure"),
        (Self::Condition, "condition"),
        (Self::Permission, "permission"),
        (Self::Payment, "payment"),
        (Self::Allocation, "allocation"),
        (Self::Outcome, "outcome"),
        (Self::Decision, "decision"),
        (Self::Check, "check"),
        (Self::Scenario, "scenario"),
    ];

    /// The spelling.
    pub fn text(self) -> &'static str {
        Self::ALL.iter().find(|(word, _)| *word == self).map_or("", |(_, text)| text)
    }
}

/// A declaration: its head at the left margin and the clauses indented under it.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Its word.
    pub word: DeclarationWord,
    /// The place of the word.
    pub word_span: Span,
    /// Its name. Where the head could not be read the name is what was found, or empty.
    pub name: Name,
    /// The label for people.
    pub label: Option<Text>,
    /// `for the nation`, `for each area`, `for each ccg, area`.
    pub level: Option<Level>,
    /// The range of periods of a `data … , Q4 2014-15 to Q3 2015-16`.
    pub periods: Option<(Literal, Literal)>,
    /// The date of a `source`: a date, a month, a financial year, or a plain year.
    pub dated: Option<Literal>,
    /// The clauses in the order they are written.
    pub clauses: Vec<Clause>,
    /// From the word to the last character that belongs to it.
    pub span: Span,
    /// The text of the head line.
    pub head_span: Span,
    /// Whether some of it could not be read; the problem was reported. Its value is unknown to the checker,
    /// so that one mistake gives one message.
    pub is_broken: bool,
}

/// `for …` in a head.
#[derive(Debug, Clone)]
pub struct Level {
    /// The tables of `for each`, empty for `for the nation`.
    pub tables: Vec<Name>,
    /// The place.
    pub span: Span,
}

/// A name as written.
#[derive(Debug, Clone)]
pub struct Name {
    /// The name.
    pub text: String,
    /// The place.
    pub span: Span,
}

/// A text in quotes, without them and with doubled quotes undone.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The place, quotes included.
    pub span: Span,
}

/// An indented line with its continuation lines.
#[derive(Debug, Clone)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The place.
    pub span: Span,
}

/// Every kind of clause of every declaration; which belong to which is checked when the model is built.
#[derive(Debug, Clone)]
pub enum ClauseKind {
    /// `status in force`, the words joined by single blanks (`rules`).
    Status(Text),
    /// `applies 1 April 2015 to 31 March 2016`, or with only a first day (`rules`).
    Applies {
        /// First day.
        from: Literal,
        /// Last day, if there is one.
        to: Option<Literal>,
    },
    /// `currency "£"` (`rules`).
    Currency(Text),
    /// `financial year starts in April`: 1 to 12 (`rules`).
    YearStarts(i8),
    /// A column of a `data` table.
    Column(Column),
    /// `one of "a", "b"`: the values a parameter may take.
    OneOf(Vec<Text>),
    /// `is …`; the dates only for a parameter.
    Is {
        /// The value.
        value: Expr,
        /// `from DATE`
        from: Option<Literal>,
        /// `to DATE`
        to: Option<Literal>,
    },
    /// `met when …` (`condition`).
    MetWhen(Expr),
    /// `used when …` (`permission`).
    UsedWhen(Expr),
    /// `holds when …` (`check`).
    HoldsWhen(Expr),
    /// `unless …`, `unless … then …`, `otherwise unless … then …`.
    Unless {
        /// Whether it is tried only where the exception above it does not apply (`otherwise unless`).
        otherwise: bool,
        /// When it applies.
        condition: Expr,
        /// What holds then; absent for conditions, which then do not apply.
        then: Option<Expr>,
    },
    /// `at least …`
    AtLeast(Expr),
    /// `at most …`
    AtMost(Expr),
    /// `less …, never below …`
    Less {
        /// What is taken away.
        amount: Expr,
        /// The floor of the result.
        never_below: Option<Expr>,
    },
    /// `rounded to the nearest £1`, `rounded up to £1`, `rounded down to £1`, `rounded to the even £1`.
    Rounded {
        /// How.
        mode: RoundMode,
        /// To multiples of what.
        step: Expr,
    },
    /// `only if …` (`payment`).
    OnlyIf(Expr),
    /// `if missing …`
    IfMissing(Expr),
    /// `shown as …`
    Shown(Shown),
    /// `source NAME "where in it"`
    Source {
        /// Which.
        name: Name,
        /// Page, paragraph, annex.
        detail: Option<Text>,
    },
    /// `unverified "why"`
    Unverified(Option<Text>),
    /// `note "…"`
    Note(Text),
    /// `lower is better` is true, `higher is better` is false (`outcome`).
    LowerIsBetter(bool),
    /// `baseline …` (`outcome`).
    Baseline(Expr),
    /// `target …` (`outcome`).
    Target(Expr),
    /// `actual …` (`outcome`).
    Actual(Expr),
    /// `first match` (`decision`, or a `measure` with rows).
    FirstMatch,
    /// The lines between bars of a `decision` or a `measure`.
    Rows(Rows),
    /// `of …` (`allocation`): what is shared.
    Of(Expr),
    /// `in proportion to …` (`allocation`).
    InProportionTo(Expr),
    /// `to the nearest …` (`allocation`).
    ToTheNearest(Expr),
    /// `given TABLE column value, …` and the rows under it (`scenario`).
    Given {
        /// The table.
        table: Name,
        /// `column value` pairs of a single row.
        cells: Vec<(Name, GivenValue)>,
        /// Rows between bars; their cells are read as cells of the data are.
        rows: Option<Rows>,
    },
    /// `given parameter NAME is VALUE` (`scenario`).
    GivenParameter {
        /// Which.
        name: Name,
        /// Its value in this scenario.
        value: Expr,
    },
    /// `as at DATE` (`scenario`).
    AsAt(Literal),
    /// `expect NAME is V, V, …` (`scenario`).
    Expect {
        /// The table before the dot, if written.
        table: Option<Name>,
        /// The declaration.
        name: Name,
        /// The part after the dot of an `outcome`, such as `target`, is in `name` with the outcome in `table`.
        values: Vec<Expected>,
    },
    /// `because constructed`, `because "…"` (`scenario`).
    Because(Text),
    /// A clause that could not be read; the problem was reported.
    Broken,
}

/// A value in `given area minimum_fund £10m`.
#[derive(Debug, Clone)]
pub enum GivenValue {
    /// A literal.
    Literal(Literal),
    /// `missing`: not given on purpose.
    Missing(Span),
}

/// What a scenario expects of one row.
#[derive(Debug, Clone)]
pub enum Expected {
    /// This value; a literal, possibly negative.
    Literal(Literal),
    /// `met`
    Met(Span),
    /// `not met`
    NotMet(Span),
    /// `does not apply`
    DoesNotApply(Span),
    /// `cannot determine`, and `missing` as another word for it.
    CannotDetermine(Span),
}

impl Expected {
    /// Its place.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span,
            Self::Met(span) | Self::NotMet(span) | Self::DoesNotApply(span) | Self::CannotDetermine(span) => *span,
        }
    }
}

/// `name type, options "label"`.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeWords,
    /// What follows the type after commas.
    pub options: Vec<ColumnOption>,
    /// Its label.
    pub label: Option<Text>,
}

/// An option after a column's type.
#[derive(Debug, Clone)]
pub enum ColumnOption {
    /// `key`
    Key(Span),
    /// `optional`: the data need not have the column.
    Optional(Span),
    /// `may be fractional`: a count that need not be whole.
    Fractional(Span),
    /// `at least LITERAL`
    AtLeast(Literal),
    /// `at most LITERAL`
    AtMost(Literal),
}

/// A type as written.
#[derive(Debug, Clone)]
pub struct TypeWords {
    /// What it is.
    pub kind: TypeKind,
    /// The place.
    pub span: Span,
}

/// The types.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// `text`
    Text,
    /// `yes/no`
    YesNo,
    /// `date`
    Date,
    /// `month`, `quarter`, `financial year`
    Period(PeriodKind),
    /// `one of low, medium, high` or with quotes.
    OneOf(Vec<Text>),
    /// `judgement`, or `judgement of low, medium, high`: a person's decision, kept with who, when and why.
    Judgement(Vec<Text>),
    /// `money`
    Money,
    /// `percent`
    Percent,
    /// `number`
    Number,
    /// The name of a unit.
    Unit(Name),
    /// `admissions per 100,000 people`, `money per admissions`.
    Per {
        /// Above the line.
        numerator: Box<TypeKind>,
        /// The base; 1 where none is written.
        base: Number,
        /// Below the line.
        unit: Name,
    },
}

/// How a result is shown.
#[derive(Debug, Clone)]
pub enum Shown {
    /// `shown as percent`
    Percent,
    /// `shown per 100,000 people`
    Per {
        /// The base.
        base: Number,
        /// The unit below the line.
        unit: Name,
    },
    /// `shown to 2 decimals`
    Decimals(u8),
}

/// Lines between bars.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The first line.
    pub header: Vec<Cell>,
    /// The others.
    pub rows: Vec<Row>,
    /// The place.
    pub span: Span,
}

/// One line between bars, after the first.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The line.
    pub span: Span,
}

/// A cell between bars: its raw text without the blanks around it, and for decisions what it says.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The place of the text; of the whole gap between the bars where it is empty.
    pub span: Span,
    /// What it says, in the body of a `decision` or a `measure` with rows; `None` elsewhere.
    pub content: Option<CellContent>,
}

/// What a cell of a decision table says. Whether bare words are a choice or a name is settled in the model.
#[derive(Debug, Clone)]
pub enum CellContent {
    /// `any`
    Any,
    /// `missing`
    Missing,
    /// In a column that is tested: alternatives joined by `or`, each a list of tests joined by `and`.
    Tests(Vec<Vec<CellTest>>),
    /// In the last column: an expression, or bare words such as `approved with conditions`.
    Result(Expr),
    /// Bare words in either kind of column, such as `not approved` or `high`.
    Words(Text),
    /// Could not be read; the problem was reported.
    Broken,
}

/// One test in a cell.
#[derive(Debug, Clone)]
pub struct CellTest {
    /// `low` is `Is`; `not low` is `IsNot`; `>= 3.5%`, and so on.
    pub op: CompareOp,
    /// A literal, a name or words.
    pub operand: CellOperand,
    /// The place.
    pub span: Span,
}

/// What a cell compares with.
#[derive(Debug, Clone)]
pub enum CellOperand {
    /// A literal.
    Literal(Literal),
    /// Words: a value of the choice, or the name of a parameter.
    Words(Text),
}

/// An expression.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From its first to its last character, no blanks or comments around it.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// `performance_pot`
    Name(Name),
    /// `quarter.baseline`
    Dotted(Name, Name),
    /// An expression in brackets; kept because a reader put them there.
    Bracket(Box<Expr>),
    /// `not x`
    Not(Box<Expr>),
    /// `- x`
    Negate(Box<Expr>),
    /// `a + b`
    Arithmetic {
        /// Which.
        op: ArithmeticOp,
        /// The place of the sign.
        op_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `a >= b`
    Compare {
        /// Which.
        op: CompareOp,
        /// The place of the sign or words.
        op_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `a and b and c`, `a or b`: at least two, never mixed.
    Logic {
        /// Which.
        op: LogicOp,
        /// The operands.
        operands: Vec<Expr>,
    },
    /// `x is missing`, `x is not missing`.
    IsMissing {
        /// What is asked about.
        operand: Box<Expr>,
        /// `is not missing`.
        negated: bool,
    },
    /// `x rounds to £3.8bn`: x, rounded as finely as the figure is printed, is the figure.
    RoundsTo {
        /// The exact value.
        operand: Box<Expr>,
        /// The printed figure.
        printed: Literal,
    },
    /// `if c then a else b`.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// Where it is yes.
        then: Box<Expr>,
        /// Where it is no.
        otherwise: Box<Expr>,
    },
    /// `sum of quarter.baseline`, `count of areas where …`, `median of ambition across areas`.
    Aggregate {
        /// Which.
        op: AggregateOp,
        /// The place of the words.
        op_span: Span,
        /// What is aggregated: a name, a dotted name or brackets; for `count of areas` a bare table name.
        operand: Box<Expr>,
        /// `across areas`: over all records of the nation.
        across: Option<Name>,
        /// `where …`
        condition: Option<Box<Expr>>,
    },
    /// `least of (a, b)`, `all of (a, b, c)`: at least two.
    ListOf {
        /// Which.
        op: AggregateOp,
        /// The place of the words.
        op_span: Span,
        /// The members.
        items: Vec<Expr>,
    },
    /// `running total of x`, `highest so far of x`, `lowest so far of x`.
    Series {
        /// Which.
        op: SeriesOp,
        /// The place of the words.
        op_span: Span,
        /// Of what.
        operand: Box<Expr>,
    },
    /// `x in the previous quarter`, `x a year earlier`.
    Earlier {
        /// How much.
        by: EarlierBy,
        /// The place of the words.
        words: Span,
        /// Of what.
        operand: Box<Expr>,
    },
    /// `quarter.actual in Q4 2014-15`, `transfer in period`.
    In {
        /// A dotted name, or a dated parameter.
        operand: Box<Expr>,
        /// A period: a literal or a name.
        period: Box<Expr>,
    },
    /// `size of (a - b)`: without the sign.
    SizeOf(Box<Expr>),
    /// `rank of ambition across areas from highest`.
    Rank {
        /// Of what.
        operand: Box<Expr>,
        /// Among which records.
        across: Name,
        /// Whether the highest is first.
        from_highest: bool,
    },
    /// `paid so far`, in a payment.
    PaidSoFar,
}

/// `+ - * /`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum CompareOp {
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// `and`, `or`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum LogicOp {
    /// `and`
    And,
    /// `or`
    Or,
}

/// What is made of many values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum AggregateOp {
    /// `sum of`
    Sum,
    /// `count of`: how many records (there is `where`), or how many of a list of yes/no are yes.
    Count,
    /// `share of`: the count of those that are yes over the count of all.
    Share,
    /// `mean of`
    Mean,
    /// `median of`
    Median,
    /// `lower quartile of`
    LowerQuartile,
    /// `upper quartile of`
    UpperQuartile,
    /// `least of`
    Least,
    /// `greatest of`
    Greatest,
    /// `any of`
    Any,
    /// `all of`
    All,
    /// `latest of`: the value of the latest period in which it is known.
    Latest,
}

/// What is made along a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum SeriesOp {
    /// `running total of`
    RunningTotal,
    /// `highest so far of`
    HighestSoFar,
    /// `lowest so far of`
    LowestSoFar,
}

/// How much earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum EarlierBy {
    /// `in the previous quarter`: one period, of this kind.
    Previous(PeriodKind),
    /// `a year earlier`
    Year,
}

/// A literal with its place.
#[derive(Debug, Clone)]
pub struct Literal {
    /// What it is.
    pub kind: LiteralKind,
    /// The place.
    pub span: Span,
}

/// The kinds of literal.
#[derive(Debug, Clone)]
pub enum LiteralKind {
    /// `£1,490`, `3.5%`, `2 percentage points`, `10 admissions`, `475 admissions per 100,000 people`, `0.5`.
    Number(NumberLiteral),
    /// `"low"`
    Text(String),
    /// `yes`, `no`
    YesNo(bool),
    /// `19 September 2014`
    Date(Date),
    /// `Q4 2014-15`, `2015-16`, `April 2015`
    Period(Period),
}

/// A number as written.
#[derive(Debug, Clone)]
pub struct NumberLiteral {
    /// The digits with sign and decimal point, without separators, before magnitude and percent: `3.8`.
    pub digits: String,
    /// `k`, `m`, `bn`.
    pub magnitude: Magnitude,
    /// Money, percent, a count.
    pub form: NumberForm,
}

/// What a number counts.
#[derive(Debug, Clone)]
pub enum NumberForm {
    /// `0.5`
    Plain,
    /// `£…`, with the sign of the currency.
    Money(char),
    /// `%`
    Percent,
    /// `percentage points`
    Points,
    /// `10 admissions`
    Unit(Name),
    /// `475 admissions per 100,000 people`, or with money above: `£1,490 per admissions`.
    Rate {
        /// Above the line: money, or a unit.
        above: RateAbove,
        /// The base.
        base: Number,
        /// The unit below the line.
        below: Name,
    },
}

/// What is above the line of a rate.
#[derive(Debug, Clone)]
pub enum RateAbove {
    /// Money.
    Money(char),
    /// A unit.
    Unit(Name),
}

/// A factor after the digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Magnitude {
    /// None.
    One,
    /// `k`
    Thousand,
    /// `m`
    Million,
    /// `bn`
    Billion,
}

impl Magnitude {
    /// The factor.
    pub fn factor(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Thousand => 1_000,
            Self::Million => 1_000_000,
            Self::Billion => 1_000_000_000,
        }
    }

    /// The letters.
    pub fn text(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Thousand => "k",
            Self::Million => "m",
            Self::Billion => "bn",
        }
    }
}

impl NumberLiteral {
    /// Its exact value: `£3.8bn` is 3,800,000,000; `3.5%` is 7/200; `475 admissions per 100,000 people` is 19/4000.
    pub fn value(&self) -> Option<Number> {
        let digits = Number::from_decimal(&self.digits)?;
        let value = digits.multiply(&Number::from(self.magnitude.factor())).ok()?;
        match &self.form {
            NumberForm::Plain | NumberForm::Money(_) | NumberForm::Unit(_) => Some(value),
            NumberForm::Percent | NumberForm::Points => value.divide(&Number::from(100)).ok(),
            NumberForm::Rate { base, .. } => value.divide(base).ok(),
        }
    }
}
