"""A stable code, turned into the person's sentence in their language.

Every refusal of the product that a borrower can meet has its line; an unknown code gets a general
sentence, and the page shows the code beside it so that it can be told to support.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GENERAL = _("这一步没有完成，没有资料因此发出。可以稍后再试，或把下面的代码告诉客服。")

SENTENCES: dict[str, Promise | str] = {
    # pages
    "page.not_found": _("地址可能写错了，或这条记录不属于当前登录的人。"),
    "page.forbidden": _("您没有打开这一页的权限。"),
    "page.bad_request": _("请返回上一页再试一次。"),
    "page.our_fault": _("是我们的错，不是您的操作有问题。没有资料因此发出，请稍后再试。"),
    "page.form_expired": _("页面停留太久，表单已失效。请返回上一页，刷新后再提交。"),
    # the law's rules
    "law.naive_time": _("时间没有写明时区，系统拒绝处理。"),
    "law.no_rules": _("系统没有载入法律规则，因此一律不发送。"),
    "consent.missing": _("没有您对这家机构的单独同意，资料不会发出。"),
    "consent.other_recipient": _("您同意的是另一家机构，资料不会发给这一家。"),
    "consent.other_purpose": _("您同意的是另一个用途，资料不会用于这个用途。"),
    "consent.withdrawn": _("您已撤回同意，资料不会再发出。"),
    "consent.not_yet": _("您还没有同意，资料不会发出。"),
    "consent.other_carrier": _("传递资料的受托方和您同意的不是同一家，已停止。"),
    "consent.expired": _("这次同意已到期，需要的话请重新申请。"),
    "consent.other_fields": _("要发送的资料超出了您同意的范围，已停止。"),
    "consent.sensitive_missing": _("有敏感资料没有逐项单独同意，请逐项勾选后再提交。"),
    "consent.declined_lately": _("您不久前拒绝过这家机构，这段时间内我们不会再次询问。"),
    "fields.not_registered": _("这家机构要的资料没有登记理由，已拒绝。"),
    "fields.forbidden": _("这类资料任何机构都不能在这里索取。"),
    "recipient.unlicensed": _("这家机构没有有效的放贷牌照，不能接收您的资料。"),
    "recipient.unnamed": _("接收方没有写明法定名称，资料不会发出。"),
    "recipient.no_sealing_key": _("这家机构暂时没有可用的密封公钥，资料不会发出。"),
    "recipient.suspended": _("这家机构已被暂停合作，不能接收您的资料。"),
    "onward.no_grant": _("机构要把资料转给别人，必须再次得到您的单独同意。"),
    "route.direct_to_bank": _("按规定，平台不能把资料直接传给银行或消费金融公司。"),
    "route.credit_information": _("收入等信用信息只能经持牌征信机构传递。"),
    "ticket.missing": _("工作人员没有对应的工单，不能查看。"),
    "ticket.other_assignee": _("这张工单分配给了另一位工作人员。"),
    "ticket.closed": _("这张工单已关闭，不能再查看。"),
    "borrower.under_18": _("未满 18 周岁，不能在这里申请借款。您的资料没有发出。"),
    # what is written in forms
    "field.name": _("请填写与身份证一致的中文姓名，2 到 30 个字。"),
    "field.mobile": _("请填写 11 位手机号码。"),
    "field.id_number": _("身份证号不对：请核对 18 位号码，最后一位可以是 X。"),
    "field.id_valid_until": _(
        "请填写身份证上的有效期截止日，格式如 2035-06-30；长期有效请填“长期”。"
    ),
    "field.bank_card": _("银行卡号不对：请核对 16 到 19 位卡号。"),
    "field.email": _("请填写有效的电子邮箱。"),
    "field.address": _("请填写详细地址，4 到 120 个字。"),
    "field.employer": _("请填写工作单位，2 到 60 个字。"),
    "field.monthly_income": _("请选择月收入区间。"),
    "field.housing_fund": _("请填写住房公积金情况。"),
    "field.taken": _("这个号码已属于另一个账户。"),
    # log-in
    "login.wrong_code": _("验证码不对或已过期，请核对，或重新获取一个。"),
    "login.too_often": _("获取验证码太频繁：同一号码每分钟一次、每小时五次，请稍后再试。"),
    "login.locked": _("输错次数太多，请 15 分钟后再试。"),
    "sender.none": _("短信通道暂时不可用，请稍后再试。"),
    "agreement.missing": _("请先阅读并勾选用户协议和隐私政策。"),
    # applying
    "application.not_draft": _("这份申请已经进行到别的步骤，请从“我的申请”继续。"),
    "application.bad_choice": _("这个产品不提供这个金额、期限或还款方式。"),
    "consent.other_wording": _("同意书的内容变了，请看清新的内容再决定。"),
    "fields.missing": _("还有必填的资料没有填。"),
    "listing.not_on_shelf": _("这个产品现在没有提供，请看看别的产品。"),
    "listing.changed": _("产品条件变了，请按新条件重新选择。"),
    "route.no_carrier": _("暂时没有可用的持牌征信机构传递资料，请稍后再试。"),
    "match.unknown_amount": _("没有这个金额可以比较。"),
    "match.unknown_band": _("没有这个选项。"),
    "cost.not_shown": _("请先打开综合融资成本明示表。"),
    "cost.too_soon": _("阅读时间还不够，请看完综合融资成本明示表再确认。"),
    "cost.not_confirmed": _("请先阅读并确认综合融资成本明示表。"),
    "sheet.unticked": _("请先勾选“我已看清”，再点同意。"),
    "openings.none": _("这次提供的资料已不再保存，不能开启；凭证仍然可以核对。"),
    "receipt.not_yet": _("条目已写入，还没有被检查点覆盖，请几秒钟后再试。"),
    "vault.erased": _("这个账户已删除。"),
    "vault.missing_field": _("需要的资料没有保存或已过期，请重新填写。"),
    "vault.busy": _("资料库正忙，请稍后再试。"),
    "vault.no_subject": _("还没有保存任何资料。"),
    # what lenders said that was not applied
    "loan.forced": _("没有您确认就放款：记为强制放款。"),
    "event.out_of_order": _("机构的消息顺序不对，没有采用。"),
    "event.withdrawn": _("您已撤回同意，机构的消息没有采用。"),
    "event.never_sent": _("资料没有发给这家机构，它的消息没有采用。"),
    # things we stand on
    "ledger.closed": _("存证账本暂时不能写入，所以没有发送任何资料。请稍后再试。"),
    "ledger.busy": _("存证账本正忙，没有发送任何资料。请稍后再试。"),
    "ledger.rolled_back": _("存证账本需要检查，在此之前不会发送任何资料。"),
}


def sentence(code: str) -> str:
    """What to tell the person about `code`, in the language of the request."""
    return str(SENTENCES.get(code, GENERAL))


def is_known(code: str) -> bool:
    """Whether `code` has a sentence of its own."""
    return code in SENTENCES
