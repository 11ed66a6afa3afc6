<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AuditList</name>
    <message>
        <source>no number yet</source>
        <translation>尚无编号</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>无得分</translation>
    </message>
    <message>
        <source>Unnamed company</source>
        <translation>未命名企业</translation>
    </message>
</context>
<context>
    <name>AuditRail</name>
    <message>
        <source>Audits</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>新建审核</translation>
    </message>
    <message>
        <source>Audits · {0}</source>
        <translation>审核 · {0}</translation>
    </message>
</context>
<context>
    <name>BugReport</name>
    <message>
        <source>Auditor workbench</source>
        <translation>审核工作台</translation>
    </message>
    <message>
        <source>Something in the program failed.</source>
        <translation>程序出现了意外问题。</translation>
    </message>
    <message>
        <source>Everything shown as saved is safe. You can go on; if it happens again, send this file: {0}</source>
        <translation>已显示保存的内容完好，可以继续工作；若再次出现，请将此文件发给我们：{0}</translation>
    </message>
</context>
<context>
    <name>ChapterBars</name>
    <message>
        <source>Points earned / points judged</source>
        <translation>已得分 / 已评分值</translation>
    </message>
</context>
<context>
    <name>ChecklistTab</name>
    <message>
        <source>Document checklist</source>
        <translation>资料清单</translation>
    </message>
    <message>
        <source>Select a document to see why it applies and to tick it off.</source>
        <translation>选择一份资料，查看是否适用并登记收核情况。</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>{0} of {1} application documents verified</source>
        <translation>申请资料已核 {0} / {1}</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Auditor workbench</source>
        <translation>审核工作台</translation>
    </message>
    <message>
        <source>Something you typed last is not stored.</source>
        <translation>最后输入的内容没有保存。</translation>
    </message>
    <message>
        <source>Everything else is safe. Go back to correct or store it, or close and leave it out.</source>
        <translation>其余内容均已保存。请返回更正或再次保存；也可以直接关闭，放弃这一处。</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>仍然关闭</translation>
    </message>
</context>
<context>
    <name>DeductionsPanel</name>
    <message>
        <source>Add special deduction</source>
        <translation>添加特别扣分</translation>
    </message>
    <message>
        <source>Give the bonus</source>
        <translation>给予特别加分</translation>
    </message>
    <message>
        <source>Reason of the bonus</source>
        <translation>加分理由</translation>
    </message>
    <message>
        <source>Special deductions</source>
        <translation>特别扣分项</translation>
    </message>
    <message>
        <source>Bonus</source>
        <translation>特别加分项</translation>
    </message>
    <message>
        <source>Each takes {0} point off, outside the weights, and opens a corrective action. From {1} on the audit is a fail.</source>
        <translation>每项扣 {0} 分，不计入分值，并须采取纠正措施。达到 {1} 项即为不合格。</translation>
    </message>
    <message>
        <source>At most {0}, for an advantage above legal requirements and leading in the trade.</source>
        <translation>最多 {0} 分：高于法律法规要求且行业领先的优势。</translation>
    </message>
    <message>
        <source>{0} special deductions: fail, whatever the score.</source>
        <translation>特别扣分已达 {0} 项：无论得分多少，均为不合格。</translation>
    </message>
    <message>
        <source>add special deduction</source>
        <translation>添加特别扣分</translation>
    </message>
    <message>
        <source>The bonus counts once there is a reason.</source>
        <translation>写明理由后加分生效。</translation>
    </message>
    <message>
        <source>remove the bonus</source>
        <translation>取消特别加分</translation>
    </message>
</context>
<context>
    <name>DocumentPanel</name>
    <message>
        <source>Applies</source>
        <translation>适用</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>文件编号</translation>
    </message>
    <message>
        <source>Issued on</source>
        <translation>签发日期</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Source: {0}</source>
        <translation>来源：{0}</translation>
    </message>
    <message>
        <source>status of {0}</source>
        <translation>{0} 的状态</translation>
    </message>
    <message>
        <source>Applies: {0}</source>
        <translation>适用：{0}</translation>
    </message>
    <message>
        <source>Does not apply: {0}</source>
        <translation>不适用：{0}</translation>
    </message>
</context>
<context>
    <name>DocumentTree</name>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>资料</translation>
    </message>
    <message>
        <source>Applies</source>
        <translation>适用</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>文件编号</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Application documents</source>
        <translation>申请资料</translation>
    </message>
    <message>
        <source>Supporting papers</source>
        <translation>支持性资料</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>document {0}</source>
        <translation>资料 {0}</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>{0}. Kept: {1}</source>
        <translation>{0}保留原值：{1}</translation>
    </message>
    <message>
        <source>{0}. Left empty</source>
        <translation>{0}此项仍为空。</translation>
    </message>
</context>
<context>
    <name>IndicatorPanel</name>
    <message>
        <source>Checked / failed</source>
        <translation>抽样数/不符合数</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>verdict on {0}</source>
        <translation>{0} 的评定</translation>
    </message>
    <message>
        <source>Reason of the deletion (required)</source>
        <translation>删减理由（必填）</translation>
    </message>
    <message>
        <source>What is not met</source>
        <translation>不符合之处</translation>
    </message>
    <message>
        <source>Enter how many samples were checked and how many failed; the verdict counts from then on.</source>
        <translation>请填写抽查数和不符合数（如 12/1），填写后评定生效。</translation>
    </message>
    <message>
        <source>Enter why the indicator does not apply; the deletion counts from then on.</source>
        <translation>请写明不适用的理由，写明后删减生效。</translation>
    </message>
    <message>
        <source>{0} checked, {1} failed: {2} points lost</source>
        <translation>抽查 {0}，不符合 {1}，扣 {2} 分</translation>
    </message>
    <message>
        <source>Not met: {0} points lost</source>
        <translation>不符合，扣 {0} 分</translation>
    </message>
    <message>
        <source>Deleted: {0} points leave the total</source>
        <translation>删减：{0} 分不计入总分</translation>
    </message>
    <message>
        <source>sampled</source>
        <translation>可抽样</translation>
    </message>
    <message>
        <source>all or nothing</source>
        <translation>不可抽样</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>分值 {0}</translation>
    </message>
    <message>
        <source>Clause</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>分值</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>评定方式</translation>
    </message>
    <message>
        <source>Wording</source>
        <translation>表述</translation>
    </message>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
</context>
<context>
    <name>IndicatorTree</name>
    <message>
        <source>Clause</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>评价指标</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>分值</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>评定</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>抽样/不符</translation>
    </message>
    <message>
        <source>Earned</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>samples of {0}</source>
        <translation>{0} 的样本数</translation>
    </message>
    <message>
        <source>note on {0}</source>
        <translation>{0} 的记录</translation>
    </message>
    <message>
        <source>Special deductions</source>
        <translation>特别扣分项</translation>
    </message>
    <message>
        <source>Bonus</source>
        <translation>特别加分项</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>新建审核</translation>
    </message>
    <message>
        <source>Import audit file …</source>
        <translation>导入审核文件…</translation>
    </message>
    <message>
        <source>Open sample audit</source>
        <translation>打开示例审核</translation>
    </message>
    <message>
        <source>Export Excel report …</source>
        <translation>导出 Excel 报告…</translation>
    </message>
    <message>
        <source>Export audit file …</source>
        <translation>导出审核文件…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Undo {0}</source>
        <translation>撤销：{0}</translation>
    </message>
    <message>
        <source>Redo {0}</source>
        <translation>重做：{0}</translation>
    </message>
</context>
<context>
    <name>ProfileTab</name>
    <message>
        <source>Holds a certificate from before this audit</source>
        <translation>本次审核前已持有证书</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审核信息</translation>
    </message>
    <message>
        <source>Audit number</source>
        <translation>审核编号</translation>
    </message>
    <message>
        <source>Audit type</source>
        <translation>审核类型</translation>
    </message>
    <message>
        <source>Audit mode</source>
        <translation>审核方式</translation>
    </message>
    <message>
        <source>Level applied for</source>
        <translation>申请等级</translation>
    </message>
    <message>
        <source>Not chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Starts on</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>Ends on</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>Man-days</source>
        <translation>人日数</translation>
    </message>
    <message>
        <source>Opening meeting</source>
        <translation>首次会议</translation>
    </message>
    <message>
        <source>Closing meeting</source>
        <translation>末次会议</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Attendees</source>
        <translation>参会人员</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>ID or registration number</source>
        <translation>身份证号或注册号</translation>
    </message>
    <message>
        <source>Audit team</source>
        <translation>审核组</translation>
    </message>
    <message>
        <source>Add member</source>
        <translation>添加成员</translation>
    </message>
    <message>
        <source>Nobody is in the team yet. Add the team leader first.</source>
        <translation>审核组还没有成员，请先添加组长。</translation>
    </message>
    <message>
        <source>Auditee</source>
        <translation>受审核方</translation>
    </message>
    <message>
        <source>Company name</source>
        <translation>企业名称</translation>
    </message>
    <message>
        <source>Unified credit code</source>
        <translation>统一社会信用代码</translation>
    </message>
    <message>
        <source>Legal representative</source>
        <translation>法定代表人</translation>
    </message>
    <message>
        <source>Registered address</source>
        <translation>注册地址</translation>
    </message>
    <message>
        <source>Operating address</source>
        <translation>经营地址</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Industry</source>
        <translation>行业</translation>
    </message>
    <message>
        <source>Products and services</source>
        <translation>产品与服务</translation>
    </message>
    <message>
        <source>Certification scope</source>
        <translation>认证范围</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证照</translation>
    </message>
    <message>
        <source>Three certificates in one</source>
        <translation>已三证合一</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>The activity needs a licence by law</source>
        <translation>所从事活动依法需要许可</translation>
    </message>
    <message>
        <source>Service hotline</source>
        <translation>服务热线</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Contact phone</source>
        <translation>联系电话</translation>
    </message>
    <message>
        <source>Contact e-mail</source>
        <translation>电子邮箱</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Employees</source>
        <translation>员工总数</translation>
    </message>
    <message>
        <source>After-sales staff</source>
        <translation>售后服务人员</translation>
    </message>
    <message>
        <source>Service management staff</source>
        <translation>服务管理人员</translation>
    </message>
    <message>
        <source>Certified service managers</source>
        <translation>持证售后服务管理师</translation>
    </message>
    <message>
        <source>Sampled</source>
        <translation>抽查</translation>
    </message>
    <message>
        <source>Not sampled</source>
        <translation>未抽查</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>场所</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Run by</source>
        <translation>经营</translation>
    </message>
    <message>
        <source>This audit</source>
        <translation>本次审核</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>场所</translation>
    </message>
    <message>
        <source>Add site</source>
        <translation>添加场所</translation>
    </message>
    <message>
        <source>No site yet. Add the head office, then outlets, warehouses and service stations.</source>
        <translation>还没有场所，请先添加总部，再添加网点、仓库和服务站。</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Contractor</source>
        <translation>承包方</translation>
    </message>
    <message>
        <source>Subcontracting</source>
        <translation>分包</translation>
    </message>
    <message>
        <source>Add activity</source>
        <translation>添加分包活动</translation>
    </message>
    <message>
        <source>Nothing is subcontracted. Add activities that others carry out for the auditee.</source>
        <translation>没有分包。如有他人代为开展的活动，请在此添加。</translation>
    </message>
    <message>
        <source>Previous certificate</source>
        <translation>原证书</translation>
    </message>
    <message>
        <source>Certificate number</source>
        <translation>证书编号</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Issued on</source>
        <translation>签发日期</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Eligibility</source>
        <translation>申请条件</translation>
    </message>
    <message>
        <source>add previous certificate</source>
        <translation>添加原证书</translation>
    </message>
    <message>
        <source>remove previous certificate</source>
        <translation>移除原证书</translation>
    </message>
    <message>
        <source>{0} % of {1}: {2} needed</source>
        <translation>{1} 人的 {0}%：应配 {2} 人</translation>
    </message>
</context>
<context>
    <name>ReportTab</name>
    <message>
        <source>Before the report</source>
        <translation>出报告之前</translation>
    </message>
    <message>
        <source>The report will be marked as a draft.</source>
        <translation>报告将标明为草稿。</translation>
    </message>
    <message>
        <source>Export Excel report</source>
        <translation>导出 Excel 报告</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Writing the report …</source>
        <translation>正在生成报告…</translation>
    </message>
    <message>
        <source>Excel report</source>
        <translation>Excel 报告</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>报告语言</translation>
    </message>
    <message>
        <source>Weights that the standard does not publish are default values. The report marks each of them, and so does the scoring sheet.</source>
        <translation>未公开的分值为默认值，报告与评分表均逐项标明来源。</translation>
    </message>
    <message>
        <source>No score: every indicator is deleted</source>
        <translation>全部指标已删减，无得分</translation>
    </message>
    <message>
        <source>To look at: {0}. None of them stops the report.</source>
        <translation>有 {0} 处待确认，均不妨碍导出报告。</translation>
    </message>
    <message>
        <source>Nothing is missing. The report can be exported.</source>
        <translation>没有缺项，可以导出报告。</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>另有 {0} 处</translation>
    </message>
    <message>
        <source>Company profile</source>
        <translation>企业概况</translation>
    </message>
    <message>
        <source>Document checklist</source>
        <translation>资料清单</translation>
    </message>
    <message>
        <source>Scoring sheet</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>审核发现</translation>
    </message>
    <message>
        <source>Special deduction {0}: no facts given</source>
        <translation>特别扣分 {0}：未写明事实</translation>
    </message>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
    <message>
        <source>Another audit</source>
        <translation>另一份审核</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>审核报告</translation>
    </message>
    <message>
        <source>The report is written: {0}</source>
        <translation>报告已写好：{0}</translation>
    </message>
    <message>
        <source>The report could not be written; the audit is safe.</source>
        <translation>报告未能生成，审核资料完好。</translation>
    </message>
</context>
<context>
    <name>RowTable</name>
    <message>
        <source>add row</source>
        <translation>添加一行</translation>
    </message>
    <message>
        <source>remove row</source>
        <translation>移除一行</translation>
    </message>
</context>
<context>
    <name>RowsCard</name>
    <message>
        <source>Remove row</source>
        <translation>移除所选行</translation>
    </message>
    <message>
        <source>row {0}</source>
        <translation>第 {0} 行</translation>
    </message>
</context>
<context>
    <name>ScoreBar</name>
    <message>
        <source>  ·  {0} / {1} judged</source>
        <translation>  ·  已评 {0} / {1}</translation>
    </message>
    <message>
        <source>One more special deduction is a Fail</source>
        <translation>再有 1 项特别扣分即为不合格</translation>
    </message>
    <message>
        <source>Special deductions {0} / {1}</source>
        <translation>特别扣分 {0} / {1}</translation>
    </message>
    <message>
        <source>No score: every indicator is deleted</source>
        <translation>全部指标已删减，无得分</translation>
    </message>
    <message>
        <source>Undecided: {0} or {1}</source>
        <translation>待定：{0}或{1}</translation>
    </message>
    <message>
        <source>Undecided: {0} to {1}</source>
        <translation>待定：{0}至{1}</translation>
    </message>
    <message>
        <source>{0} special deductions: Fail, whatever the score</source>
        <translation>特别扣分达 {0} 项，判为不合格</translation>
    </message>
    <message>
        <source>{0} points to earn for {1}</source>
        <translation>再得 {0} 分达到{1}</translation>
    </message>
    <message>
        <source>{0} points may be lost and it stays {1}</source>
        <translation>还可失 {0} 分，仍为{1}</translation>
    </message>
    <message>
        <source>at most {0} to lose for {1}</source>
        <translation>最多再失 {0} 分，仍可达{1}</translation>
    </message>
    <message>
        <source>{0} points short of {1}</source>
        <translation>距{1}还差 {0} 分</translation>
    </message>
</context>
<context>
    <name>ScoringTab</name>
    <message>
        <source>Scoring sheet</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>Every indicator is judged.</source>
        <translation>所有指标均已评定。</translation>
    </message>
    <message>
        <source>note</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>next unjudged</source>
        <translation>下一未评</translation>
    </message>
    <message>
        <source>Select an indicator to judge it.</source>
        <translation>请选择一项指标进行评定。</translation>
    </message>
    <message>
        <source>{0} of {1} judged, {2} left</source>
        <translation>已评 {0} / {1}，余 {2} 项</translation>
    </message>
    <message>
        <source>All {0} judged</source>
        <translation>{0} 项已全部评定</translation>
    </message>
</context>
<context>
    <name>Segments</name>
    <message>
        <source>{0} (key {1})</source>
        <translation>{0}（按键 {1}）</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Everything is saved</source>
        <translation>所有内容均已保存</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>新建审核</translation>
    </message>
    <message>
        <source>Import audit file</source>
        <translation>导入审核文件</translation>
    </message>
    <message>
        <source>Open sample audit</source>
        <translation>打开示例审核</translation>
    </message>
    <message>
        <source>No audit yet</source>
        <translation>还没有审核</translation>
    </message>
    <message>
        <source>Make a new audit, import an audit file, or look at the sample first.</source>
        <translation>请新建审核、导入审核文件，或先看看示例。</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Audit file (*.json);;All files (*)</source>
        <translation>审核文件 (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>“{0}” was not imported.
{1}</source>
        <translation>“{0}”没有导入。
{1}</translation>
    </message>
    <message>
        <source>Export audit file</source>
        <translation>导出审核文件</translation>
    </message>
    <message>
        <source>Audit file (*.json)</source>
        <translation>审核文件 (*.json)</translation>
    </message>
    <message>
        <source>The audit file is written: {0}</source>
        <translation>审核文件已写好：{0}</translation>
    </message>
    <message>
        <source>Undone: {0}</source>
        <translation>已撤销：{0}</translation>
    </message>
    <message>
        <source>Done again: {0}</source>
        <translation>已重做：{0}</translation>
    </message>
    <message>
        <source>Auditor workbench {0}
Scores audits against {1} offline; everything stays on this computer.</source>
        <translation>审核工作台 {0}
依据 {1} 离线评分，所有资料只保存在本机。</translation>
    </message>
    <message>
        <source>Auditor workbench</source>
        <translation>审核工作台</translation>
    </message>
    <message>
        <source>Unnamed company</source>
        <translation>未命名企业</translation>
    </message>
    <message>
        <source>{0} — Auditor workbench</source>
        <translation>{0} — 审核工作台</translation>
    </message>
    <message>
        <source>{0} · pack {1}</source>
        <translation>{0} · 标准包 {1}</translation>
    </message>
    <message>
        <source>Team leader {0}</source>
        <translation>审核组长 {0}</translation>
    </message>
    <message>
        <source>Company profile</source>
        <translation>企业概况</translation>
    </message>
    <message>
        <source>Document checklist</source>
        <translation>资料清单</translation>
    </message>
    <message>
        <source>Scoring sheet</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>{0} to look at</source>
        <translation>{0} 项待补</translation>
    </message>
    <message>
        <source>Saved {0}</source>
        <translation>已保存 {0}</translation>
    </message>
</context>
<context>
    <name>_DeductionCard</name>
    <message>
        <source>Ground</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Clause</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>No clause</source>
        <translation>不指定条款</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>场所</translation>
    </message>
    <message>
        <source>No site</source>
        <translation>不指定场所</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Special deduction {0}</source>
        <translation>特别扣分 {0}</translation>
    </message>
    <message>
        <source>Remove this special deduction</source>
        <translation>移除此项特别扣分</translation>
    </message>
    <message>
        <source>remove special deduction</source>
        <translation>移除特别扣分</translation>
    </message>
</context>
</TS>
