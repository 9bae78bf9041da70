"""Sentences about the list and the evidence, in Chinese and English: `key: (zh, en)`.

No sentence says that somebody leaked: a report says whose copy is in the list and who else held it.
"""

from __future__ import annotations

FINDINGS: dict[str, tuple[str, str]] = {
    "title": ("名单归因报告", "Attribution of a found list"),
    "other": ("English", "中文"),
    "case": ("案件 {case}", "Case {case}"),
    "head.named": (
        "名单里有给过{names}的那一份",
        "The list holds the copy that was given to {names}",
    ),
    "head.investigate": (
        "值得调查，但不能指认任何一方",
        "Worth looking into; no ground to name anybody",
    ),
    "head.none": (
        "没有证据表明这份名单出自我们",
        "No evidence that this list came from us",
    ),
    "said.named": (
        "{what}假如{name}是清白的，仅凭巧合出现这样多证据的机会不到{chance}。",
        "{what} If {name} were innocent, chance alone would bring this much evidence less "
        "often than {chance}.",
    ),
    "said.draws": (
        "名单里有 {seen} 个人当初是随机抽给{name}的；清白时预期约 {expected} 个（加权）。",
        "{seen} people in the list had been given to {name} by a random draw; about {expected} "
        "(weighted) would be expected of an innocent recipient.",
    ),
    "said.decoys": (
        "名单里有 {seen} 条诱饵记录，是只给过{name}的虚构借款人。",
        "The list holds {seen} decoy record(s): made-up borrowers that only {name} was ever given.",
    ),
    "said.aliases": (
        "名单里有 {seen} 个专属联系方式，只给过{name}。",
        "The list holds {seen} contact(s) that only {name} was ever given.",
    ),
    "said.marks": (
        "名单里的写法与给{name}的那一份一致（比较了 {seen} 处可以有两种写法的地方）。",
        "The list is spelt as the copy given to {name} was ({seen} places that have two correct "
        "spellings were compared).",
    ),
    "said.other": ("对{name}有按设计成立的证据。", "There is evidence by design on {name}."),
    "said.investigate": (
        "名单里{names}的客户偏多。但别处收集的名单也可能这样：选同一家机构的人在看不见的方面相似。"
        "仅凭重合，分不清是这一家的那一份，还是巧合。",
        "Borrowers of {names} are more frequent in it than their share. A list collected "
        "elsewhere can look like that too: people who choose the same lender are alike in ways no "
        "column shows. Overlap alone cannot tell this copy from chance.",
    ),
    "said.unclear": (
        "有重合，但不足以区分任何接收方。",
        "There is overlap, but not enough to tell any recipient from the others.",
    ),
    "said.none": (
        "名单与我们的记录重合的程度，别处的名单也会有。",
        "It overlaps with our records no more than a list from elsewhere would.",
    ),
    "said.nobody": (
        "名单里没有一行对得上我们认识的人。",
        "Not one of its rows fits anybody we know.",
    ),
    "never": (
        "本报告说的是名单里出现了哪一份副本，不说是谁、出于什么原因把它传了出去。",
        "This report says whose copy is in the list. It does not say who passed it on, or why.",
    ),
    "fact.found": ("发现时间", "Found"),
    "fact.rows": ("名单行数", "Rows in the list"),
    "fact.matched": ("对得上的行", "Rows that fit somebody"),
    "fact.recipients": ("比较的接收方", "Recipients compared"),
    "fact.error": ("错误率上限", "Error rate, at most"),
    "fact.judged": ("归因时间", "Judged"),
    "error.short": ("每 {n} 份名单 1 份", "1 list in {n}"),
    "unstated": ("没有说明，全部提供都算在内", "not stated: every disclosure counts"),
    "question": ("问题", "The question"),
    "question.asked": (
        "发现了一份名单。里面有没有平台提供给某个接收方的那一份资料？如果有，是哪一方的？",
        "A list was found. Does it hold the copy of somebody's data that the platform gave to a "
        "certain recipient, and to which one?",
    ),
    "question.not": (
        "没有回答的：谁把副本传了出去、是否故意、还有没有别人参与。",
        "Not answered: who passed a copy on, whether on purpose, and whether others took part.",
    ),
    "read": ("从名单里读到了什么", "What was read of the list"),
    "read.lead": (
        "对不上的行只计数，然后丢弃；本报告不含任何借款人的任何资料。",
        "Rows that fit nobody are counted and dropped; no borrower's data is in this report.",
    ),
    "rows.matched": ("对得上", "fit somebody"),
    "rows.unmatched": ("对不上任何人", "fit nobody"),
    "rows.unusable": ("没有可用的线索", "no usable key"),
    "rows.label": (
        "{matched} 行对得上，{unmatched} 行对不上任何人，{unusable} 行没有可用的线索",
        "{matched} rows fit somebody, {unmatched} fit nobody, {unusable} have no usable key",
    ),
    "form": ("文件形式", "Form of the file"),
    "form.said": ("{encoding}，{delimiter}，{header}", "{encoding}, {delimiter}, {header}"),
    "form.plain": ("单列", "a single column"),
    "form.between": ("以{sign}分隔", "separated by {sign}"),
    "sign.,": ("逗号", "commas"),
    "sign.;": ("分号", "semicolons"),
    "sign.|": ("竖线", "vertical bars"),
    "sign.\t": ("制表符", "tabs"),
    "sign. ": ("空格", "spaces"),
    "form.sheet": ("电子表格", "a spreadsheet"),
    "form.header": ("有表头", "with a header"),
    "form.bare": ("无表头", "without a header"),
    "columns": ("怎样理解各列", "How columns were understood"),
    "columns.one": ("第 {places} 列是{role}", "column {places}: {role}"),
    "columns.none": ("没有认出任何一列", "no column was recognised"),
    "people": ("对上的人（按把握加权）", "People recognised (weighted by certainty)"),
    "notes": ("没能用上的", "What could not be used"),
    "notes.lines": ("{n} 行读不出来", "{n} line(s) could not be read"),
    "head.unread": ("这份名单读不出来", "This list could not be read"),
    "said.unread": (
        "没有得出任何结论：{why}。",
        "Nothing was concluded: {why}.",
    ),
    "role.mobile": ("手机号", "mobile number"),
    "role.id_no": ("证件号码", "ID number"),
    "role.name": ("姓名", "name"),
    "role.city": ("城市", "city"),
    "role.amount": ("金额", "amount"),
    "role.time": ("时间", "time"),
    "role.address": ("地址", "address"),
    "role.compliance": ("合规", "compliance"),
    "role.operator": ("运营", "operator"),
    "role.email": ("邮箱", "e-mail address"),
    "design": ("按设计成立的证据：可以指认", "Evidence by design: may name"),
    "design.lead": (
        "清白时这类证据有多罕见，是由设计决定的，与名单从哪里来无关。每多 1 比特，巧合的可能减半："
        "10 比特约千分之一，20 比特约百万分之一。",
        "How rarely an innocent recipient shows such evidence was fixed by design, wherever the "
        "list came from. Each bit halves the chance of coincidence: 10 bits are about one in a "
        "thousand, 20 one in a million.",
    ),
    "design.none": (
        "名单里没有这类证据：没有专属联系方式、专属写法、诱饵记录，也没有多出来的随机抽取。",
        "The list holds none: no exclusive contact, no exclusive spelling, no decoy, no surplus "
        "of random draws.",
    ),
    "design.label": ("每个接收方的证据，单位比特：{text}", "Evidence in bits by recipient: {text}"),
    "threshold": ("达到这条线才指认", "named from this line on"),
    "weigh": ("只用于排序的证据：不能指认", "Evidence that only ranks: names nobody"),
    "weigh.lead": (
        "名单与各接收方客户的重合。没有一种办法能知道清白时重合会有多大，所以重合再大也只用来决定先查谁。",
        "How far the list overlaps with each recipient's borrowers. Nothing tells how large that "
        "would be for an innocent recipient, so overlap of any size only says whom to look at "
        "first.",
    ),
    "weigh.none": ("没有高于预期的重合。", "No overlap above what is expected."),
    "gamma": (
        "Γ（伽马）是这类证据的解除点：假如有一种看不见的特点，使这家的客户出现在外部名单里的几率"
        "是别人的 Γ 倍，重合就不再说明任何事。Γ 越接近 1，证据越脆弱。",
        "Γ (gamma) is where this evidence dissolves: were there a hidden trait that made this "
        "recipient's borrowers Γ times as likely to be in an outside list, the overlap would say "
        "nothing. The closer Γ is to 1, the weaker.",
    ),
    "gamma.none": ("一开始就说明不了什么", "never said anything"),
    "gamma.most": ("超过 {n}", "over {n}"),
    "kind.draws": ("随机抽取", "random draws"),
    "kind.decoys": ("诱饵记录", "decoys"),
    "kind.aliases": ("专属联系方式", "exclusive contacts"),
    "kind.marks": ("专属写法", "exclusive spellings"),
    "kind.overlap": ("重合", "overlap"),
    "col.recipient": ("接收方", "Recipient"),
    "col.kind": ("证据", "Evidence"),
    "col.seen": ("看到（加权）", "Seen (weighted)"),
    "col.expected": ("清白时预期", "Expected if innocent"),
    "col.p": ("清白时的机会", "Chance if innocent"),
    "col.bits": ("比特", "Bits"),
    "col.listed": ("名单里它持有的人", "People in the list it held"),
    "col.held": ("它共持有", "It held in all"),
    "col.gamma": ("解除点 Γ", "Dissolves at Γ"),
    "col.prob": ("概率", "Probability"),
}
