"""Sentences that explain: errors, probabilities, other candidates, how to compute it again."""

from __future__ import annotations

EXPLANATIONS: dict[str, tuple[str, str]] = {
    "groups": ("分不开的接收方", "Recipients that cannot be told apart"),
    "groups.lead": (
        "这些接收方持有的人几乎相同（95 % 以上），重合分不出是其中哪一家：",
        "These hold nearly the same people (95 % or more). Overlap cannot tell which of them it "
        "was:",
    ),
    "groups.none": (
        "在嫌疑范围内，没有两家持有几乎相同的人。",
        "No two recipients under suspicion hold nearly the same people.",
    ),
    "error": ("会错到什么程度", "How wrong this can be"),
    "error.said": (
        "假如这 {n} 个接收方没有一个泄露，这样的名单仍会指认某一方的，每 {many} 份里不到 1 份。",
        "If none of the {n} recipients had leaked, a list like this would name somebody in fewer "
        "than 1 of {many} cases.",
    ),
    "error.shared": (
        "这个上限由所有接收方、所有种类的证据分摊：看名单之前就定好每一份的大小，一份证据要低于自己那一份才算数。",
        "All recipients and all kinds of evidence share this limit. The shares were fixed before "
        "looking at the evidence, and evidence counts only below its own share.",
    ),
    "error.only": (
        "它只管按设计成立的证据；排序和概率没有这样的保证。",
        "It covers evidence by design alone; rank and probability carry no such promise.",
    ),
    "prob": ("概率与适用范围", "Probability and where it holds"),
    "prob.lead": (
        "概率是在模拟世界里校准的：得分相同的接收方有多大比例真的泄露。它用来排先后，不是证据。",
        "The probability is calibrated on simulated worlds: of recipients with such a score, how "
        "many had leaked. It orders the work and is no evidence.",
    ),
    "prob.domain": ("校准所用的世界", "Worlds it was calibrated on"),
    "prob.outside": (
        "这次比较了 {n} 个接收方，在这个范围之外：上面的概率只作排序。",
        "{n} recipients were compared here, outside this domain: take the figures above as an "
        "order only.",
    ),
    "prob.only": ("超出这个范围，概率不可信。", "Outside this domain it is not to be trusted."),
    "prob.more": (
        "其余 {n} 个接收方都不高于 {most}。",
        "The other {n} recipients: at most {most}.",
    ),
    "others": ("其他可能", "The other candidates"),
    "others.lead": (
        "以下各方也持有过同样的资料，任何一份报告都不能排除：",
        "These held the same data as well, and no report can rule them out:",
    ),
    "others.platform": (
        "平台自己：数据库、收信的邮件系统和员工",
        "the platform itself: its database, its mail door and its staff",
    ),
    "others.never": (
        "平台自己：数据库、收信的邮件系统和员工。名单里有 {n} 个地址从没有给过任何人，只存在于平台",
        "the platform itself: its database, its mail door and its staff. {n} address(es) in the "
        "list were never given to anybody and existed on the platform alone",
    ),
    "others.devices": ("借款人自己的设备", "the borrowers' own devices"),
    "others.held": (
        "也持有过名单里一些人的其他接收方：{names}",
        "other recipients that held some of the listed people: {names}",
    ),
    "others.answer": (
        "被指认的一方先看到本报告，并可以书面答复；答复附在案件里，在此之前不作任何处理。",
        "A recipient that is named sees this report first and may answer; its answer stands in "
        "the case, and nothing is done before.",
    ),
    "change": ("什么会改变结论", "What would change the conclusion"),
    "change.found": (
        "名单其实在更早的时间就已存在：那之后的提供就都不算",
        "proof that the list existed earlier: disclosures after that would not count",
    ),
    "change.decoy": (
        "有证据表明诱饵记录或专属联系方式也到过别人手里",
        "proof that a decoy or an exclusive contact had reached somebody else",
    ),
    "change.draws": (
        "有证据表明随机抽取在使用之前就被外人知道",
        "proof that the random draws were known to outsiders before they were used",
    ),
    "change.platform": (
        "在平台的日志、数据库或邮件系统里找到同一批资料流出的痕迹",
        "traces in the platform's own logs, database or mail door of the same data leaving",
    ),
    "change.more": (
        "同一来源的更多行：带有专属联系方式、专属写法或诱饵的行会使结论成立或推翻",
        "more rows of the same source: exclusive contacts, spellings or decoys in them would "
        "settle it",
    ),
    "change.list": (
        "同一批资料的另一份名单，指向不同的接收方",
        "another list of the same data that points elsewhere",
    ),
    "change.columns": (
        "有一列被理解错了（用 --columns 更正后重新运行）",
        "a column that was misunderstood (correct it with --columns and run again)",
    ),
    "again": ("自己重新计算", "Compute it again"),
    "again.counts": (
        "本报告的每个数字都能由 RESULT.json 里的计数重新算出。这条命令重新计算并逐项比较：",
        "Every number here follows from counts in RESULT.json. This command computes them again "
        "and compares each:",
    ),
    "again.whole": (
        "计数本身来自名单、借款人和账本三个文件。持有这些文件的人可以整个重做；哈希说明是不是同样的文件：",
        "The counts come from three files: the list, the borrowers and the ledger. Whoever holds "
        "them can do it all again; the hashes say whether they are the same:",
    ),
    "again.product": (
        "计数来自产品自己的数据库；在产品里对同一案件重新归因即可重做。",
        "The counts come from the product's own database; attributing the case again there makes "
        "them again.",
    ),
    "again.how": ("怎样算", "How each is computed"),
    "how.matched": (
        "行：{rows} = {matched}（对得上）+ {unmatched}（对不上）+ {unusable}（没有线索）",
        "rows: {rows} = {matched} (fit) + {unmatched} (fit nobody) + {unusable} (no key)",
    ),
    "how.bits": (
        "比特 = -log₂（清白时的机会）",
        "bits = -log₂(chance if innocent)",
    ),
    "how.draws": (
        "随机抽取：每次抽取按记录的概率独立发生，求总和不小于所见的机会（泊松二项分布的上尾，或切尔诺夫上界，取小）",
        "random draws: each happened with its logged probability, independently; the chance of a "
        "sum at least as large as seen (Poisson-binomial upper tail or Chernoff's bound, the "
        "smaller)",
    ),
    "how.decoys": (
        "诱饵：碰巧猜中 k 条的机会不大于 μᵏ/k!，μ 为预期猜中数",
        "decoys: the chance of guessing k of them is at most μᵏ/k!, μ being the expected number",
    ),
    "how.budget": (
        "指认：清白时的机会 ÷ 自己的份额 ≤ {alpha}",
        "named where chance if innocent ÷ own share ≤ {alpha}",
    ),
    "how.share": (
        "{name}：{kind}占 {share}，门槛 {bits} 比特",
        "{name}: {kind} have {share} of it, so {bits} bits are needed",
    ),
    "files": ("归因所用的文件", "Files it was made from"),
    "file.list": ("名单", "the list"),
    "file.borrowers": ("借款人", "borrowers"),
    "file.ledger": ("账本", "ledger"),
    "file.calibration": ("校准表", "calibration table"),
    "file.result": ("本次结果 RESULT.json", "this result, RESULT.json"),
    "one.of": ("{n} 分之一", "one in {n}"),
    "one.thousand": ("千分之一", "one in a thousand"),
    "one.million": ("百万分之一", "one in a million"),
    "one.billion": ("十亿分之一", "one in a billion"),
    "one.trillion": ("万亿分之一", "one in a trillion"),
    "axis": ("{bits} 比特", "{bits} bits"),
    "staff": ("员工 {name}（{role}）", "employee {name} ({role})"),
    "none": ("无", "none"),
    "foot": (
        "由 mingdai {version} 依据归因结果写成。不是法律意见。",
        "Written by mingdai {version} from the result of an attribution. Not legal advice.",
    ),
    "page": ("第 {n} 页，共 {of} 页", "page {n} of {of}"),
}
