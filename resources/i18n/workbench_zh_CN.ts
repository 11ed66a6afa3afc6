<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ApplicationDialog</name>
    <message>
        <source>Write in what the profile and the checklist say already</source>
        <translation>带入企业概况和资料清单中已有的内容</translation>
    </message>
    <message>
        <source>Application form</source>
        <translation>认证申请表</translation>
    </message>
    <message>
        <source>Company profile, sites, subcontracting, previous certificate and the list of documents, to be filled in by the applicant. When it comes back, take it in from the same menu.</source>
        <translation>包括企业概况、场所、分包、原证书和资料清单，由申请方填写。收到对方填好的工作簿后，在同一菜单中读入。</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>认证申请</translation>
    </message>
</context>
<context>
    <name>ApplicationIntake</name>
    <message>
        <source>Take in an application</source>
        <translation>读入认证申请表</translation>
    </message>
    <message>
        <source>application of the auditee</source>
        <translation>读入认证申请表</translation>
    </message>
</context>
<context>
    <name>AuditList</name>
    <message>
        <source>no number yet</source>
        <translation>尚无编号</translation>
    </message>
    <message>
        <source>Finalised</source>
        <translation>已定稿</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>无得分</translation>
    </message>
    <message>
        <source>Unnamed company</source>
        <translation>未命名企业</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>AuditRail</name>
    <message>
        <source>Audits</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>No audit with these words.</source>
        <translation>没有符合的审核。</translation>
    </message>
    <message>
        <source>Company or number</source>
        <translation>企业名称或编号</translation>
    </message>
    <message>
        <source>Find an audit</source>
        <translation>查找审核</translation>
    </message>
    <message>
        <source>New audit</source>
        <translation>新建审核</translation>
    </message>
    <message>
        <source>Found · {0}</source>
        <translation>找到 · {0}</translation>
    </message>
    <message>
        <source>Found · {0} or more</source>
        <translation>找到 · {0} 个以上</translation>
    </message>
    <message>
        <source>Audits · {0}</source>
        <translation>审核 · {0}</translation>
    </message>
</context>
<context>
    <name>AuditTable</name>
    <message>
        <source>as now</source>
        <translation>与现在相同</translation>
    </message>
    <message>
        <source>changed since</source>
        <translation>此后有改动</translation>
    </message>
    <message>
        <source>gone since</source>
        <translation>现在已没有</translation>
    </message>
    <message>
        <source>not in this backup</source>
        <translation>此备份中没有</translation>
    </message>
    <message>
        <source>not to be compared</source>
        <translation>无法比较</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最后改动</translation>
    </message>
    <message>
        <source>Compared with now</source>
        <translation>与现在相比</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Audits in the backup</source>
        <translation>备份中的审核</translation>
    </message>
    <message>
        <source>Preview audit …</source>
        <translation>预览该审核…</translation>
    </message>
    <message>
        <source>Restore audit beside the present one</source>
        <translation>将该审核恢复为副本</translation>
    </message>
    <message>
        <source>Restore whole library …</source>
        <translation>恢复整个资料库…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Backing up …</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Reading the backup …</source>
        <translation>正在读取备份…</translation>
    </message>
    <message>
        <source>What was typed last is not stored, so nothing was restored. Correct it first.</source>
        <translation>最后输入的内容尚未保存，因此未恢复任何内容。请先更正。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restore whole library</source>
        <translation>恢复整个资料库</translation>
    </message>
    <message>
        <source>Put the backup of {0} in the place of the present library?</source>
        <translation>用 {0} 的备份替换现在的资料库？</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>The present library is kept first, as a backup of its own, so this can be taken back.</source>
        <translation>现在的资料库会先另存为一份备份，因此可以再恢复回来。</translation>
    </message>
    <message>
        <source>Audits that go back to how they were: {0}</source>
        <translation>回到当时状态的审核：{0} 项</translation>
    </message>
    <message>
        <source>Audits that are not in the backup and go: {0}</source>
        <translation>备份中没有、将不再出现的审核：{0} 项</translation>
    </message>
    <message>
        <source>Audits that come back: {0}</source>
        <translation>重新出现的审核：{0} 项</translation>
    </message>
    <message>
        <source>The audit is in the library as “{0}” and open.</source>
        <translation>该审核已作为“{0}”加入资料库并打开。</translation>
    </message>
    <message>
        <source> Evidence taken back: {0}.</source>
        <translation>取回证据 {0} 件。</translation>
    </message>
    <message>
        <source> Evidence that is missing here and in the second folder: {0}.</source>
        <translation>本机和第二备份文件夹中都没有的证据：{0} 件。</translation>
    </message>
    <message>
        <source>No backup yet: the first one is made soon after a change.</source>
        <translation>尚无备份：改动后不久会自动生成第一份。</translation>
    </message>
    <message>
        <source>This backup is damaged; nothing is restored from it.</source>
        <translation>此备份已损坏，不会从中恢复任何内容。</translation>
    </message>
    <message>
        <source>Backup of {0}</source>
        <translation>{0} 的备份</translation>
    </message>
    <message>
        <source>Backed up.</source>
        <translation>已备份。</translation>
    </message>
    <message>
        <source>Nothing has changed since the last backup.</source>
        <translation>自上次备份以来没有改动。</translation>
    </message>
    <message>
        <source>Choose second folder</source>
        <translation>选择第二备份文件夹</translation>
    </message>
    <message>
        <source>Find by number or company</source>
        <translation>按编号或企业查找</translation>
    </message>
    <message>
        <source>All backups</source>
        <translation>全部备份</translation>
    </message>
</context>
<context>
    <name>BackupNote</name>
    <message>
        <source>Not backed up yet</source>
        <translation>尚未备份</translation>
    </message>
    <message>
        <source>The last backup is from {0}</source>
        <translation>上次备份：{0}，之后未能备份</translation>
    </message>
    <message>
        <source>Backup {0}, not in the second folder</source>
        <translation>备份 {0}，未能复制到第二文件夹</translation>
    </message>
    <message>
        <source>Backup {0}</source>
        <translation>备份 {0}</translation>
    </message>
    <message>
        <source>Backups, and the way back to one</source>
        <translation>备份与恢复</translation>
    </message>
    <message>
        <source>Nothing was copied to the second folder yet</source>
        <translation>尚未复制到第二备份文件夹</translation>
    </message>
    <message>
        <source>Last copy in the second folder: {0}</source>
        <translation>第二备份文件夹的最近副本：{0}</translation>
    </message>
</context>
<context>
    <name>BackupPlaces</name>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Choose folder …</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Copy there no more</source>
        <translation>不再复制到此处</translation>
    </message>
    <message>
        <source>Not backed up yet.</source>
        <translation>尚未备份。</translation>
    </message>
    <message>
        <source>Last backup: {0}.</source>
        <translation>上次备份：{0}。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>None. A folder on a stick or another disk helps when this computer is lost.</source>
        <translation>未设置。设在U盘或其他磁盘上，本机丢失时也能找回。</translation>
    </message>
    <message>
        <source>Nothing copied yet.</source>
        <translation>尚未复制。</translation>
    </message>
    <message>
        <source>Last copy: {0}.</source>
        <translation>最近副本：{0}。</translation>
    </message>
    <message>
        <source>Not plugged in; it is brought up to date when it is.</source>
        <translation>现在未接入，接入后自动更新。</translation>
    </message>
    <message>
        <source>{0} — {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Second folder</source>
        <translation>第二文件夹</translation>
    </message>
</context>
<context>
    <name>BackupTable</name>
    <message>
        <source>Here</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>second folder</source>
        <translation>第二文件夹</translation>
    </message>
    <message>
        <source>another library</source>
        <translation>其他资料库</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Audits</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>完好</translation>
    </message>
    <message>
        <source>Not readable now</source>
        <translation>目前无法读取</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>正在检查…</translation>
    </message>
</context>
<context>
    <name>BatchWords</name>
    <message>
        <source>Adding {0} of {1} …</source>
        <translation>正在添加第 {0} 个，共 {1} 个…</translation>
    </message>
    <message>
        <source>Adding {0} of {1} to {2} …</source>
        <translation>正在向 {2} 添加第 {0} 个，共 {1} 个…</translation>
    </message>
    <message>
        <source>Added: {0}</source>
        <translation>已添加：{0}</translation>
    </message>
    <message>
        <source>{0} of {1} files added</source>
        <translation>已添加 {0} / {1} 个文件</translation>
    </message>
    <message>
        <source>{0} already here</source>
        <translation>{0} 个已存在</translation>
    </message>
    <message>
        <source>{0} not added</source>
        <translation>{0} 个未添加</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>“{0}” is already here.</source>
        <translation>“{0}”已在此处。</translation>
    </message>
    <message>
        <source>… and {0} more of the same kind.</source>
        <translation>…另有 {0} 个类似情况。</translation>
    </message>
    <message>
        <source>Left out: {0}. Add them again when you want them.</source>
        <translation>未添加：{0} 个。需要时请重新添加。</translation>
    </message>
    <message>
        <source>{0} of {1} files added.</source>
        <translation>已添加 {0} / {1} 个文件。</translation>
    </message>
</context>
<context>
    <name>BugReport</name>
    <message>
        <source>The program ended by itself last time</source>
        <translation>程序上次意外中断</translation>
    </message>
    <message>
        <source>Something in it failed so badly that the system ended it. Everything shown as saved is safe: an edit is on the disk whole or not at all. Of what was being typed just then, the last words may be missing.</source>
        <translation>程序内部出了严重故障，被系统结束。显示为已保存的内容都是安全的：每次修改要么完整写入磁盘，要么完全没有写入。当时正在输入的最后几个字可能没有保存。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Log and failure report</source>
        <translation>记录与故障报告</translation>
    </message>
    <message>
        <source>What the program did last and what failed since it was started, for those who help you with it.</source>
        <translation>程序最近做了什么、启动后出过什么故障，供帮助你的人查看。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Something in the program failed</source>
        <translation>程序出了故障</translation>
    </message>
    <message>
        <source>Everything shown as saved is safe, and you can go on working. What you did last may not have been carried out: look at it again. If the window does not behave, close the program and open it again.</source>
        <translation>显示为已保存的内容都是安全的，可以继续工作。刚才的操作可能没有完成，请再看一眼。如果窗口反应不正常，请关闭程序后重新打开。</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>Evidence bundle</source>
        <translation>证据包</translation>
    </message>
    <message>
        <source>A zip with a folder for each clause, and others for documents, findings and meetings. The index lists every file with its sha256; numbers are those of the report.</source>
        <translation>一个 zip 文件：每个条款一个文件夹，资料、不符合、会议另设文件夹。索引列出每个文件及其 sha256，编号与报告一致。</translation>
    </message>
    <message>
        <source>The password locks what the files hold (AES-256). The names of files and folders, their sizes and their number stay readable. Nobody can open the files without it, so keep it; give it to the receiver by another way. Windows itself does not open such a zip, 7-Zip and WinRAR do.</source>
        <translation>密码锁住文件的内容（AES-256）。文件和文件夹的名称、大小、数量仍可看到。没有密码谁也打不开，请妥善保管，并用另一途径告知对方。Windows 自带的功能打不开这种 zip，7-Zip、WinRAR 可以。</translation>
    </message>
    <message>
        <source>Originals</source>
        <translation>原件</translation>
    </message>
    <message>
        <source>Bare copies</source>
        <translation>仅画面的副本</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Language of the index</source>
        <translation>索引的语言</translation>
    </message>
    <message>
        <source>Nothing but the picture, turned and marked as in the audit: no place, no camera. Other files, such as PDF, stay originals and may name authors or places.</source>
        <translation>只有画面，已按审核中的设置转正并画上标记，不含地点和相机信息。其他文件（如 PDF）仍是原件，其中可能写有作者或地点。</translation>
    </message>
    <message>
        <source>As they were taken. They hold what the camera wrote, and that may include the place where it was.</source>
        <translation>保持拍摄时的原样，带有相机写入的信息，其中可能有拍摄地点。</translation>
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
    <name>CheckDialog</name>
    <message>
        <source>Check the library</source>
        <translation>核对资料库</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制结果</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Every change is in its history, and nothing was changed past it.</source>
        <translation>所有内容都与历史一致，没有绕过历史的改动。</translation>
    </message>
    <message>
        <source>Nothing was changed by this check. Copy the answer, keep the library as it is, and compare with a backup before you go on with the audits named here.</source>
        <translation>核对没有改动任何内容。请复制结果，保持资料库现状，与备份比较之后再继续处理所列审核。</translation>
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
        <source>evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>全部快捷键</translation>
    </message>
    <message>
        <source>{0} of {1} application documents verified</source>
        <translation>申请资料已核 {0} / {1}</translation>
    </message>
</context>
<context>
    <name>ClauseField</name>
    <message>
        <source>Number, or words of the title</source>
        <translation>条款号或名称中的文字</translation>
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
    <message>
        <source>Files are still being added.</source>
        <translation>仍有文件正在添加。</translation>
    </message>
    <message>
        <source>Those added so far are safe. Go back and let the others follow, or close and leave them out; the files themselves are not touched.</source>
        <translation>已添加的文件均已保存。可以返回等待其余文件添加完成，也可以关闭窗口，不再添加其余文件；原文件不受影响。</translation>
    </message>
    <message>
        <source>Close and leave them out</source>
        <translation>关闭，不再添加</translation>
    </message>
    <message>
        <source>A file is still being written or read.</source>
        <translation>仍有文件正在写入或读取。</translation>
    </message>
    <message>
        <source>Your work is saved. The window closes when the file is whole. Without it, a file that was there before stays as it was.</source>
        <translation>您的工作已保存。文件写完后窗口会自动关闭。如果不等，原有的文件保持不变。</translation>
    </message>
    <message>
        <source>Close without it</source>
        <translation>不等，直接关闭</translation>
    </message>
</context>
<context>
    <name>ClosingBackup</name>
    <message>
        <source>Closing</source>
        <translation>正在关闭</translation>
    </message>
    <message>
        <source>Close without this backup</source>
        <translation>不备份，直接关闭</translation>
    </message>
    <message>
        <source>Everything is saved. Making the last backup …</source>
        <translation>所有内容都已保存，正在生成最后一份备份…</translation>
    </message>
</context>
<context>
    <name>CompletingField</name>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>ConclusionBox</name>
    <message>
        <source>no. {0}</source>
        <translation>编号 {0}</translation>
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
    <name>DeletionCard</name>
    <message>
        <source>Reasons to choose from</source>
        <translation>可选的理由</translation>
    </message>
    <message>
        <source>Why it does not apply</source>
        <translation>为什么不适用</translation>
    </message>
    <message>
        <source>Reason of the deletion</source>
        <translation>删减理由</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Delete {0} indicators</source>
        <translation>删减这 {0} 项指标</translation>
    </message>
    <message>
        <source>Delete the indicator</source>
        <translation>删减该指标</translation>
    </message>
    <message>
        <source>Deletion</source>
        <translation>删减</translation>
    </message>
    <message>
        <source>List: {0}</source>
        <translation>理由清单：{0}</translation>
    </message>
    <message>
        <source>Points that apply {0} → {1}, score {2} → {3}</source>
        <translation>涉及项总分 {0} → {1}，得分 {2} → {3}</translation>
    </message>
    <message>
        <source>Everything would be deleted: there is no score then.</source>
        <translation>将全部删减：那样就没有得分。</translation>
    </message>
    <message>
        <source>The whole chapter would be deleted: {0}</source>
        <translation>整章将被删减：{0}</translation>
    </message>
</context>
<context>
    <name>DeliveryMenu</name>
    <message>
        <source>Export PDF report …</source>
        <translation>导出 PDF 报告…</translation>
    </message>
    <message>
        <source>Fill the body&apos;s form …</source>
        <translation>填写机构表格…</translation>
    </message>
    <message>
        <source>Evidence bundle …</source>
        <translation>证据包…</translation>
    </message>
    <message>
        <source>Sealed package …</source>
        <translation>封存包…</translation>
    </message>
    <message>
        <source>Open sealed package …</source>
        <translation>打开封存包…</translation>
    </message>
    <message>
        <source>Reply workbook for the auditee …</source>
        <translation>整改回复表…</translation>
    </message>
    <message>
        <source>Take in the reply of the auditee …</source>
        <translation>读入整改回复…</translation>
    </message>
    <message>
        <source>Application form …</source>
        <translation>认证申请表…</translation>
    </message>
    <message>
        <source>Take in an application …</source>
        <translation>读入认证申请表…</translation>
    </message>
    <message>
        <source>Check a report …</source>
        <translation>核对报告…</translation>
    </message>
    <message>
        <source>Signing key …</source>
        <translation>签名密钥…</translation>
    </message>
    <message>
        <source>Finalise the audit …</source>
        <translation>定稿…</translation>
    </message>
    <message>
        <source>Reopen the audit …</source>
        <translation>重新打开审核…</translation>
    </message>
    <message>
        <source>History of the selected place</source>
        <translation>所选位置的历史</translation>
    </message>
    <message>
        <source>History of the audit</source>
        <translation>整份审核的历史</translation>
    </message>
    <message>
        <source>Check the library …</source>
        <translation>核对资料库…</translation>
    </message>
</context>
<context>
    <name>DifferenceTable</name>
    <message>
        <source>Of what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Clause</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>项目</translation>
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
        <source>Evidence</source>
        <translation>证据</translation>
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
    <name>EvidenceCopies</name>
    <message>
        <source>Save a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>“{0}” is a program and is not run from here. Save a copy if you need it.</source>
        <translation>“{0}”是程序，不会在这里运行。如有需要，请保存副本。</translation>
    </message>
    <message>
        <source>The copy is written: {0}</source>
        <translation>副本已保存：{0}</translation>
    </message>
    <message>
        <source>No program on this computer opens “{0}”.</source>
        <translation>本机没有能打开“{0}”的程序。</translation>
    </message>
    <message>
        <source>A copy of “{0}” is open; the evidence stays as it is, whatever is done to the copy.</source>
        <translation>已打开“{0}”的副本；无论对副本做什么，证据都保持原样。</translation>
    </message>
</context>
<context>
    <name>EvidenceList</name>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
</context>
<context>
    <name>EvidenceStrip</name>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Caption of the selected file</source>
        <translation>所选文件的说明</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>All files (*);;Pictures ({0})</source>
        <translation>所有文件 (*);;图片 ({0})</translation>
    </message>
    <message>
        <source>Add evidence</source>
        <translation>添加证据</translation>
    </message>
    <message>
        <source>add evidence</source>
        <translation>添加证据</translation>
    </message>
    <message>
        <source>Screenshot {0}.png</source>
        <translation>截图 {0}.png</translation>
    </message>
    <message>
        <source>There is no file or picture to add. Copy a file or a screenshot first.</source>
        <translation>没有可添加的文件或图片。请先复制文件或截图。</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0} 个文件</translation>
    </message>
    <message>
        <source>remove {0}</source>
        <translation>移除 {0}</translation>
    </message>
    <message>
        <source>Removed: {0}. Undo brings it back.</source>
        <translation>已移除：{0}。撤销即可恢复。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Save a copy as …</source>
        <translation>副本另存为…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add files …</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
</context>
<context>
    <name>EvidenceView</name>
    <message>
        <source>Drag photos or files here, paste, or press {0}</source>
        <translation>把照片或文件拖到这里，或粘贴，或按 {0}</translation>
    </message>
    <message>
        <source>Drag photos or files here, paste them, or click</source>
        <translation>把照片或文件拖到这里，或粘贴、点击添加</translation>
    </message>
</context>
<context>
    <name>EvidenceViewer</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>rotate {0}</source>
        <translation>旋转 {0}</translation>
    </message>
    <message>
        <source>remove mark on {0}</source>
        <translation>移除 {0} 上的标记</translation>
    </message>
    <message>
        <source>“{0}” is not a picture. Open it from the list to see it.</source>
        <translation>“{0}”不是图片。请在列表中打开查看。</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>taken {0}</source>
        <translation>拍摄于 {0}</translation>
    </message>
    <message>
        <source>SHA-256 {0}…</source>
        <translation>SHA-256 {0}…</translation>
    </message>
    <message>
        <source>Copy {0}</source>
        <translation>复制 {0}</translation>
    </message>
    <message>
        <source>mark on {0}</source>
        <translation>在 {0} 上标记</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>ExplanationDialog</name>
    <message>
        <source>Explain the level</source>
        <translation>说明等级</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The text is on the clipboard.</source>
        <translation>文字已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The sheet was sent to the printer.</source>
        <translation>已发送到打印机。</translation>
    </message>
    <message>
        <source>The printer did not take the sheet. Check the printer and try again.</source>
        <translation>打印机没有接收。请检查打印机后重试。</translation>
    </message>
    <message>
        <source>Language of the text</source>
        <translation>说明的语言</translation>
    </message>
    <message>
        <source>The sheet as it will be printed</source>
        <translation>打印效果</translation>
    </message>
</context>
<context>
    <name>FailureDialog</name>
    <message>
        <source>Auditor workbench</source>
        <translation>审核工作台</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Save report and log …</source>
        <translation>保存报告与记录…</translation>
    </message>
    <message>
        <source>Save report …</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>The report below is all there is to pass on: versions, counts, and where in the program it failed. It holds no names, notes, file names or anything else of your audits. The program sends nothing; you decide.</source>
        <translation>下面的报告就是可以转交的全部内容：版本、数量、程序出故障的位置。其中没有姓名、备注、文件名，也没有审核的任何内容。程序不会发送任何东西，是否转交由你决定。</translation>
    </message>
    <message>
        <source>The report is on the clipboard.</source>
        <translation>报告已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>Save report and log</source>
        <translation>保存报告与记录</translation>
    </message>
    <message>
        <source>Zip (*.zip)</source>
        <translation>Zip 压缩包 (*.zip)</translation>
    </message>
    <message>
        <source>It could not be written there. Choose another place.</source>
        <translation>无法写入该位置，请另选一处。</translation>
    </message>
    <message>
        <source>Saved as “{0}”.</source>
        <translation>已保存为“{0}”。</translation>
    </message>
    <message>
        <source>The folder is {0}</source>
        <translation>文件夹位置：{0}</translation>
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
    <name>Files</name>
    <message>
        <source>Folder:</source>
        <translation>位置：</translation>
    </message>
    <message>
        <source>Type of file:</source>
        <translation>文件类型：</translation>
    </message>
</context>
<context>
    <name>FilterPills</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>FinaliseDialog</name>
    <message>
        <source>Finalise the audit</source>
        <translation>定稿</translation>
    </message>
    <message>
        <source>Sign with my key</source>
        <translation>用我的密钥签名</translation>
    </message>
    <message>
        <source>Sign with my key ({0}, {1})</source>
        <translation>用我的密钥签名（{0}，{1}）</translation>
    </message>
    <message>
        <source>Finalise</source>
        <translation>定稿</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>From then on the audit can be read, reported and delivered, and no longer changed, in any window. Undo ends here. It can be reopened with a reason; that stays in its history.</source>
        <translation>定稿后，这份审核可以查看、出报告和交付，但在任何窗口中都不能再修改，撤销到此为止。写明理由可以重新打开，理由会留在历史中。</translation>
    </message>
    <message>
        <source>{0} indicators are unjudged. Judge them first; until then there is nothing to finalise.</source>
        <translation>还有 {0} 个指标未评定。请先评定，之后才能定稿。</translation>
    </message>
    <message>
        <source>No indicator applies, so there is no score to finalise.</source>
        <translation>没有任何指标适用，没有得分，不能定稿。</translation>
    </message>
    <message>
        <source>{0} points, {1}</source>
        <translation>{0} 分，{1}</translation>
    </message>
    <message>
        <source>Still to look at: {0} (listed in the report tab). Finalise only if that is meant.</source>
        <translation>还有 {0} 处需要留意（见“报告”页的清单）。确认无误再定稿。</translation>
    </message>
</context>
<context>
    <name>FindingFilters</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未关闭</translation>
    </message>
</context>
<context>
    <name>FindingPanel</name>
    <message>
        <source>Show in the scoring sheet</source>
        <translation>在评分表中查看</translation>
    </message>
    <message>
        <source>Remove finding</source>
        <translation>移除审核发现</translation>
    </message>
    <message>
        <source>Clause</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>场所</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>发现人</translation>
    </message>
    <message>
        <source>Verified by</source>
        <translation>验证人</translation>
    </message>
    <message>
        <source>Found on</source>
        <translation>发现日期</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>纠正</translation>
    </message>
    <message>
        <source>Root cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Corrective action</source>
        <translation>纠正措施</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>责任人</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Verified on</source>
        <translation>验证日期</translation>
    </message>
    <message>
        <source>grade of finding {0}</source>
        <translation>审核发现 {0} 的级别</translation>
    </message>
    <message>
        <source>result of finding {0}</source>
        <translation>审核发现 {0} 的验证结果</translation>
    </message>
    <message>
        <source>Corrective action by the auditee</source>
        <translation>受审核方的纠正与纠正措施</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>No site</source>
        <translation>不指定场所</translation>
    </message>
    <message>
        <source>Finding {0}</source>
        <translation>审核发现 {0}</translation>
    </message>
    <message>
        <source>Opens the corrective action of special deduction {0}.</source>
        <translation>对应特别扣分 {0} 的整改。</translation>
    </message>
</context>
<context>
    <name>FindingTable</name>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Clause</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>场所</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>责任人</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
</context>
<context>
    <name>FindingsTab</name>
    <message>
        <source>Findings</source>
        <translation>审核发现</translation>
    </message>
    <message>
        <source>Add finding</source>
        <translation>添加审核发现</translation>
    </message>
    <message>
        <source>Reply workbook …</source>
        <translation>回复表…</translation>
    </message>
    <message>
        <source>Write the findings into a workbook for the auditee to answer</source>
        <translation>把审核发现写成工作簿，由受审核方填写回复</translation>
    </message>
    <message>
        <source>Take in reply …</source>
        <translation>读入回复…</translation>
    </message>
    <message>
        <source>Take in the workbook that the auditee filled in</source>
        <translation>读入受审核方填好的工作簿</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>The special deduction has its finding already; here it is.</source>
        <translation>该特别扣分已有审核发现，已转到那里。</translation>
    </message>
    <message>
        <source>removal of finding {0}</source>
        <translation>移除审核发现 {0}</translation>
    </message>
    <message>
        <source>Finding {0} and its {1} photos and files are removed. Undo brings them back.</source>
        <translation>已移除审核发现 {0} 及其 {1} 份照片和文件，撤销可恢复。</translation>
    </message>
    <message>
        <source>Finding {0} is removed. Undo brings it back.</source>
        <translation>已移除审核发现 {0}，撤销可恢复。</translation>
    </message>
    <message>
        <source>Select a finding to follow its corrective action.</source>
        <translation>选中一项审核发现，跟进其整改。</translation>
    </message>
    <message>
        <source>facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>finding on {0}</source>
        <translation>审核发现 {0}</translation>
    </message>
    <message>
        <source>no clause yet</source>
        <translation>（条款待定）</translation>
    </message>
    <message>
        <source>Finding {0} is made. Undo takes it back.</source>
        <translation>已开具审核发现 {0}，撤销可收回。</translation>
    </message>
    <message>
        <source>{0} has finding {1} already; here it is. “Add finding” makes another one.</source>
        <translation>{0} 已有审核发现 {1}，已转到那里。如需另开，请用“添加审核发现”。</translation>
    </message>
    <message>
        <source>No finding is like that</source>
        <translation>没有这样的审核发现</translation>
    </message>
    <message>
        <source>Select an indicator in the scoring sheet and press {0}, or add one here. What lost points is offered below.</source>
        <translation>在评分表中选中指标后按 {0}，或在此添加。失分的指标列在下方，可一键开具。</translation>
    </message>
    <message>
        <source>No findings yet</source>
        <translation>还没有审核发现</translation>
    </message>
</context>
<context>
    <name>FormChoice</name>
    <message>
        <source>Find a field by name or by what it holds</source>
        <translation>按名称或内容查找字段</translation>
    </message>
    <message>
        <source>Use this field</source>
        <translation>用这个字段</translation>
    </message>
    <message>
        <source>Or a text of your own</source>
        <translation>或填写固定文字</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Leave empty</source>
        <translation>留空</translation>
    </message>
    <message>
        <source>As its name says</source>
        <translation>恢复按名称识别</translation>
    </message>
    <message>
        <source>No placeholder chosen</source>
        <translation>未选择占位符</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Text of your own</source>
        <translation>固定文字</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>查找字段</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>Fill the body&apos;s form</source>
        <translation>填写机构表格</translation>
    </message>
    <message>
        <source>Choose the form …</source>
        <translation>选择表格…</translation>
    </message>
    <message>
        <source>Another form …</source>
        <translation>换一份表格…</translation>
    </message>
    <message>
        <source>Fill and save …</source>
        <translation>填写并保存…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Choose the form</source>
        <translation>选择表格</translation>
    </message>
    <message>
        <source>Name the body, and what you chose is remembered. Go on once more to forget it.</source>
        <translation>填写机构名称，您指定的内容就会记住；再操作一次则不记住。</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx *.xltx);;All files (*)</source>
        <translation>Excel 工作簿 (*.xlsx *.xltx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open the copy</source>
        <translation>打开副本</translation>
    </message>
    <message>
        <source>Fill and save</source>
        <translation>填写并保存</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Filling the form …</source>
        <translation>正在填写表格…</translation>
    </message>
    <message>
        <source>Filled in {0} places, {1} rows added: {2}</source>
        <translation>已填写 {0} 处，增加 {1} 行：{2}</translation>
    </message>
    <message>
        <source>Too long for its place and cut off there: {0}</source>
        <translation>内容过长，在这些位置被截断：{0}</translation>
    </message>
    <message>
        <source>Certification body</source>
        <translation>认证机构</translation>
    </message>
    <message>
        <source>Name the body to remember this</source>
        <translation>填写机构名称以便记住</translation>
    </message>
    <message>
        <source>Placeholders of the form</source>
        <translation>表格中的占位符</translation>
    </message>
    <message>
        <source>Choose the form of the certification body, or drop it here. Placeholders such as {0} are found, you see what goes where, and a copy is filled in; the form itself stays as it is.</source>
        <translation>选择认证机构的表格，或把它拖到这里。程序找出 {0} 这样的占位符，先显示填什么、填在哪里，再填写一份副本；原表格不改动。</translation>
    </message>
    <message>
        <source>The body&apos;s own form</source>
        <translation>机构自己的表格</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>机构</translation>
    </message>
    <message>
        <source>Language of the words filled in</source>
        <translation>填写内容的语言</translation>
    </message>
</context>
<context>
    <name>FormNotes</name>
    <message>
        <source>Before the form is filled</source>
        <translation>填写之前</translation>
    </message>
    <message>
        <source>Unknown, and left empty until you choose what it stands for: {0}</source>
        <translation>未识别，指定对应字段之前会留空：{0}</translation>
    </message>
    <message>
        <source>There is no placeholder in this form: nothing would be filled in.</source>
        <translation>这份表格里没有占位符，不会填写任何内容。</translation>
    </message>
    <message>
        <source>Gone since the form was filled last: {0}</source>
        <translation>与上次填写相比，已不在：{0}</translation>
    </message>
    <message>
        <source>New since then: {0}</source>
        <translation>与上次填写相比，新增：{0}</translation>
    </message>
</context>
<context>
    <name>FormTable</name>
    <message>
        <source>Placeholder</source>
        <translation>占位符</translation>
    </message>
    <message>
        <source>Stands for</source>
        <translation>对应字段</translation>
    </message>
    <message>
        <source>Will be written</source>
        <translation>将填写</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>已识别</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>已指定</translation>
    </message>
    <message>
        <source>Fixed text</source>
        <translation>固定文字</translation>
    </message>
    <message>
        <source>Left empty</source>
        <translation>留空</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未识别</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} 等，另 {1} 处</translation>
    </message>
    <message>
        <source>The list is empty</source>
        <translation>列表为空</translation>
    </message>
    <message>
        <source>{0} rows: {1}</source>
        <translation>{0} 行：{1}</translation>
    </message>
    <message>
        <source>The form had this placeholder when it was filled last.</source>
        <translation>上次填写时表格有这个占位符，现在没有了。</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>已不在</translation>
    </message>
    <message>
        <source>{0}, new</source>
        <translation>{0} · 新</translation>
    </message>
</context>
<context>
    <name>GuidanceView</name>
    <message>
        <source>Guidance</source>
        <translation>审核指南</translation>
    </message>
    <message>
        <source>What to look at</source>
        <translation>查看什么</translation>
    </message>
    <message>
        <source>Whom to ask</source>
        <translation>询问谁</translation>
    </message>
    <message>
        <source>Typical evidence</source>
        <translation>常见证据</translation>
    </message>
    <message>
        <source>Common deviations</source>
        <translation>常见不符合</translation>
    </message>
    <message>
        <source>The standard pack of this audit gives no guidance for this indicator.</source>
        <translation>本次审核所用的标准包没有该指标的审核指南。</translation>
    </message>
    <message>
        <source>Source of the guidance: {0}</source>
        <translation>指南来源：{0}</translation>
    </message>
    <message>
        <source>The pack this audit is scored with gives none; this is from pack {0}.</source>
        <translation>本次审核所用的标准包没有指南，此处取自标准包 {0}。</translation>
    </message>
    <message>
        <source>Hide the guidance</source>
        <translation>收起审核指南</translation>
    </message>
    <message>
        <source>Show the guidance</source>
        <translation>展开审核指南</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>Find words, clause, values</source>
        <translation>查找文字、条款、内容</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部对象</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最近 1 天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>history</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Export the history</source>
        <translation>导出历史</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>The history is written: {0}</source>
        <translation>历史已写出：{0}</translation>
    </message>
    <message>
        <source>Unnamed company</source>
        <translation>未命名企业</translation>
    </message>
    <message>
        <source>History of {0}</source>
        <translation>历史：{0}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>修改人</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Find in the history</source>
        <translation>在历史中查找</translation>
    </message>
    <message>
        <source>The whole of the selected change</source>
        <translation>所选修改的全文</translation>
    </message>
    <message>
        <source>Every line carries the fingerprint of the one before. The last one: {0}</source>
        <translation>每一行都带有上一行的指纹，可以发现改动。最后一行：{0}</translation>
    </message>
    <message>
        <source>{0} of {1} changes</source>
        <translation>显示 {0} 项，共 {1} 项修改</translation>
    </message>
    <message>
        <source>Nothing was changed here.</source>
        <translation>这里没有修改记录。</translation>
    </message>
    <message>
        <source>{0} · {1} · {2}</source>
        <translation>{0} · {1} · {2}</translation>
    </message>
    <message>
        <source>Before: {0}</source>
        <translation>原内容：{0}</translation>
    </message>
    <message>
        <source>After: {0}</source>
        <translation>新内容：{0}</translation>
    </message>
</context>
<context>
    <name>HistoryTable</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>修改人</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Clause</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>原内容</translation>
    </message>
    <message>
        <source>After</source>
        <translation>新内容</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Importing “{0}” …</source>
        <translation>正在导入“{0}”…</translation>
    </message>
    <message>
        <source>Import audit file</source>
        <translation>导入审核文件</translation>
    </message>
    <message>
        <source>Cancelled; nothing was imported.</source>
        <translation>已取消；没有导入任何内容。</translation>
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
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Evidence of {0}</source>
        <translation>“{0}”的证据</translation>
    </message>
    <message>
        <source>Evidence of the sample</source>
        <translation>该样本的证据</translation>
    </message>
    <message>
        <source>Go to its finding ({0})</source>
        <translation>查看其审核发现（{0}）</translation>
    </message>
    <message>
        <source>Make it a finding ({0})</source>
        <translation>开具审核发现（{0}）</translation>
    </message>
    <message>
        <source>{0} samples listed</source>
        <translation>已列 {0} 个样本</translation>
    </message>
    <message>
        <source>{0} samples listed, not counted ({1} counts them)</source>
        <translation>已列 {0} 个样本，不计入（按 {1} 计入）</translation>
    </message>
    <message>
        <source>Enter how many samples were checked and how many failed, or list them; the verdict counts from then on.</source>
        <translation>请填写抽查数和不符合数，或逐个列出样本；填好后才计入。</translation>
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
        <translation>样本</translation>
    </message>
    <message>
        <source>Earned</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
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
        <source>{0} photos</source>
        <translation>{0} 图</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0} 件</translation>
    </message>
    <message>
        <source>all deleted</source>
        <translation>全部删减</translation>
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
    <name>Intake</name>
    <message>
        <source>Excel workbook (*.xlsx);;All files (*)</source>
        <translation>Excel 工作簿 (*.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Reading “{0}” …</source>
        <translation>正在读取“{0}”…</translation>
    </message>
    <message>
        <source>“{0}” was not taken in.
{1}</source>
        <translation>“{0}”没有读入。
{1}</translation>
    </message>
    <message>
        <source>Taken in from “{1}”: {0} entries. One undo takes them all back.</source>
        <translation>已从“{1}”采纳 {0} 项，撤销一次即可全部收回。</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Following every change through the history …</source>
        <translation>正在沿历史逐项核对…</translation>
    </message>
    <message>
        <source>Check the library</source>
        <translation>核对资料库</translation>
    </message>
    <message>
        <source>This audit is not finalised; it can be changed as it is.</source>
        <translation>这份审核没有定稿，可以直接修改。</translation>
    </message>
    <message>
        <source>Reopen the audit</source>
        <translation>重新打开审核</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>Press a key …</source>
        <translation>请按键…</translation>
    </message>
</context>
<context>
    <name>KeyDialog</name>
    <message>
        <source>Remember a key</source>
        <translation>记住公钥</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>公钥</translation>
    </message>
    <message>
        <source>From file …</source>
        <translation>从文件读取…</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>记住</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Paste the key the auditor mailed. Compare its fingerprint with the auditor, on the telephone or in person: a mail can be forged, a voice you know cannot as easily.</source>
        <translation>请粘贴审核员寄来的公钥，并通过电话或当面与审核员核对指纹：邮件可以伪造，熟悉的声音则不易伪造。</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>KeyNames</name>
    <message>
        <source>Scoring sheet</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>Document checklist</source>
        <translation>资料清单</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>审核发现</translation>
    </message>
    <message>
        <source>Picture viewer</source>
        <translation>图片查看</translation>
    </message>
    <message>
        <source>Whole window</source>
        <translation>整个窗口</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>符合</translation>
    </message>
    <message>
        <source>Not met</source>
        <translation>不符合</translation>
    </message>
    <message>
        <source>Met in part, by samples</source>
        <translation>抽样评定</translation>
    </message>
    <message>
        <source>Deleted (not applicable)</source>
        <translation>删减（不适用）</translation>
    </message>
    <message>
        <source>Back to unjudged</source>
        <translation>恢复为未评</translation>
    </message>
    <message>
        <source>Next unjudged</source>
        <translation>下一未评指标</translation>
    </message>
    <message>
        <source>List the samples</source>
        <translation>列出样本</translation>
    </message>
    <message>
        <source>Write the note</source>
        <translation>写记录</translation>
    </message>
    <message>
        <source>Make a finding</source>
        <translation>开具审核发现</translation>
    </message>
    <message>
        <source>Open and close the row</source>
        <translation>展开或收起</translation>
    </message>
    <message>
        <source>Find in the sheet</source>
        <translation>在评分表中查找</translation>
    </message>
    <message>
        <source>Add evidence</source>
        <translation>添加证据</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已核</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Awaited</source>
        <translation>待收</translation>
    </message>
    <message>
        <source>Write the remark</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>轻微</translation>
    </message>
    <message>
        <source>Observation</source>
        <translation>观察项</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Write the facts</source>
        <translation>写事实描述</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>完整显示</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Draw an arrow</source>
        <translation>画箭头</translation>
    </message>
    <message>
        <source>Draw a box</source>
        <translation>画方框</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>显示快捷键</translation>
    </message>
    <message>
        <source>Keys and settings</source>
        <translation>快捷键与设置</translation>
    </message>
    <message>
        <source>Score board</source>
        <translation>评分板</translation>
    </message>
    <message>
        <source>Explain the level</source>
        <translation>说明等级</translation>
    </message>
    <message>
        <source>Find in the scoring sheet</source>
        <translation>在评分表中查找</translation>
    </message>
    <message>
        <source>Find an audit</source>
        <translation>查找审核</translation>
    </message>
    <message>
        <source>History of the selected place</source>
        <translation>所选位置的历史</translation>
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
        <source>Export Excel report</source>
        <translation>导出 Excel 报告</translation>
    </message>
    <message>
        <source>Export audit file</source>
        <translation>导出审核文件</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>To the company profile</source>
        <translation>转到企业概况</translation>
    </message>
    <message>
        <source>To the document checklist</source>
        <translation>转到资料清单</translation>
    </message>
    <message>
        <source>To the scoring sheet</source>
        <translation>转到评分表</translation>
    </message>
    <message>
        <source>To the findings</source>
        <translation>转到发现与整改</translation>
    </message>
    <message>
        <source>To the report</source>
        <translation>转到报告</translation>
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
        <source>Copy, cut and paste</source>
        <translation>复制、剪切和粘贴</translation>
    </message>
    <message>
        <source>Open a menu</source>
        <translation>打开菜单</translation>
    </message>
    <message>
        <source>Move about</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Type into the cell</source>
        <translation>编辑单元格</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>Back to {0}</source>
        <translation>恢复为 {0}</translation>
    </message>
    <message>
        <source>{0} always means “{1}”. Choose another key.</source>
        <translation>{0} 固定用于“{1}”，请选择其他键。</translation>
    </message>
    <message>
        <source>{0} is the key of “{1}” ({2}) already. Choose another one, or change that one first.</source>
        <translation>{0} 已用于“{1}”（{2}）。请选择其他键，或先更改该项的快捷键。</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys and settings</source>
        <translation>快捷键与设置</translation>
    </message>
    <message>
        <source>I am</source>
        <translation>我是</translation>
    </message>
    <message>
        <source>Finds what the team table assigns to you, and signs the findings you write.</source>
        <translation>用于筛选审核组分工中由您负责的条款，并作为您所写审核发现的提出人。</translation>
    </message>
    <message>
        <source>The same in every program</source>
        <translation>各程序通用，不可更改</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>KeysOverlay</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Any key or click closes this. Other keys can be chosen in the settings: {0}</source>
        <translation>按任意键或单击即可关闭。可在设置中更改快捷键：{0}</translation>
    </message>
    <message>
        <source>In every list</source>
        <translation>所有列表</translation>
    </message>
    <message>
        <source>Tabs</source>
        <translation>标签页</translation>
    </message>
</context>
<context>
    <name>LineTable</name>
    <message>
        <source>Take</source>
        <translation>采纳</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>In the audit</source>
        <translation>审核中</translation>
    </message>
    <message>
        <source>In the workbook</source>
        <translation>工作簿中</translation>
    </message>
    <message>
        <source>Look twice</source>
        <translation>请留意</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>LocationsBox</name>
    <message>
        <source>Say where photos were taken</source>
        <translation>写明照片拍摄地点</translation>
    </message>
    <message>
        <source>Otherwise nothing in the report tells where a photo was taken.</source>
        <translation>不勾选时，报告中没有任何拍摄地点信息。</translation>
    </message>
</context>
<context>
    <name>LogoRow</name>
    <message>
        <source>Remove logo</source>
        <translation>移除标志</translation>
    </message>
    <message>
        <source>The cover has a logo</source>
        <translation>封面有标志</translation>
    </message>
    <message>
        <source>The cover has no logo</source>
        <translation>封面没有标志</translation>
    </message>
    <message>
        <source>Other logo …</source>
        <translation>更换标志…</translation>
    </message>
    <message>
        <source>Choose logo …</source>
        <translation>选择标志…</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff);;All files (*)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Logo on the cover</source>
        <translation>封面标志</translation>
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
        <source>Keys and settings …</source>
        <translation>快捷键与设置…</translation>
    </message>
    <message>
        <source>&amp;Delivery</source>
        <translation>交付(&amp;D)</translation>
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
        <source>Backups …</source>
        <translation>备份与恢复…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Score board</source>
        <translation>评分板</translation>
    </message>
    <message>
        <source>Explain the level …</source>
        <translation>说明等级…</translation>
    </message>
    <message>
        <source>Find in the scoring sheet</source>
        <translation>在评分表中查找</translation>
    </message>
    <message>
        <source>Find an audit</source>
        <translation>查找审核</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Log and failure report …</source>
        <translation>记录与故障报告…</translation>
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
    <name>Moments</name>
    <message>
        <source>today {0}</source>
        <translation>今天 {0}</translation>
    </message>
</context>
<context>
    <name>NameBox</name>
    <message>
        <source>Your name, as in the team table</source>
        <translation>您的姓名，与审核组名单一致</translation>
    </message>
</context>
<context>
    <name>OffersStrip</name>
    <message>
        <source>Without a finding yet: {0}</source>
        <translation>尚未开具审核发现：{0} 项</translation>
    </message>
    <message>
        <source>Make finding</source>
        <translation>开具</translation>
    </message>
    <message>
        <source>Make finding: {0}</source>
        <translation>开具审核发现：{0}</translation>
    </message>
    <message>
        <source>Special deduction</source>
        <translation>特别扣分</translation>
    </message>
</context>
<context>
    <name>OpenPackageDialog</name>
    <message>
        <source>Open sealed package</source>
        <translation>打开封存包</translation>
    </message>
    <message>
        <source>No package chosen yet</source>
        <translation>尚未选择封存包</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>封存包</translation>
    </message>
    <message>
        <source>Choose package …</source>
        <translation>选择封存包…</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Import into the library</source>
        <translation>导入资料库</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Zip file (*.zip);;All files (*)</source>
        <translation>Zip 文件 (*.zip);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose package</source>
        <translation>选择封存包</translation>
    </message>
    <message>
        <source>Checking the package …</source>
        <translation>正在核对封存包…</translation>
    </message>
    <message>
        <source>What was typed last is not stored, so nothing was imported. Close this and correct it.</source>
        <translation>刚才输入的内容未能保存，因此没有导入。请关闭此窗口，先改正。</translation>
    </message>
    <message>
        <source>Taking in the evidence …</source>
        <translation>正在收入证据…</translation>
    </message>
    <message>
        <source>Cancelled; no audit was imported.</source>
        <translation>已取消，没有导入审核。</translation>
    </message>
    <message>
        <source>The audit was in the library already with the same content; originals added: {0}</source>
        <translation>资料库中已有这份审核，内容相同；补入证据原件 {0} 件</translation>
    </message>
    <message>
        <source>The audit is in the library and open; originals taken in: {0}</source>
        <translation>审核已导入并打开；收入证据原件 {0} 件</translation>
    </message>
    <message>
        <source>Whole: every part is as it was sealed.</source>
        <translation>完整：每一部分都与封存时相同。</translation>
    </message>
    <message>
        <source>Not as it was sealed: {0} things are wrong. It cannot be imported.</source>
        <translation>与封存时不同，有 {0} 处问题，不能导入。</translation>
    </message>
    <message>
        <source>{0} by {1} with {2}</source>
        <translation>{0}，{1}，{2}</translation>
    </message>
    <message>
        <source>{0} with {2}</source>
        <translation>{0}，{2}</translation>
    </message>
    <message>
        <source>Audit: {0}</source>
        <translation>审核：{0}</translation>
    </message>
    <message>
        <source>Sealed: {0}</source>
        <translation>封存：{0}</translation>
    </message>
    <message>
        <source>Holds: report, audit file, {0} pieces of original evidence, {1} together</source>
        <translation>内容：报告、审核文件、证据原件 {0} 件，共 {1}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Missing when it was sealed: {0}</source>
        <translation>封存时就缺少：{0}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>另有 {0} 条</translation>
    </message>
    <message>
        <source>A sealed package holds a report, its audit file and the original evidence. Opening it checks every byte; nothing is imported until you say so. Whole means unchanged since it was sealed, not who sealed it.</source>
        <translation>封存包内有报告、审核文件和证据原件。打开时逐字节核对，在您确认之前不会导入任何内容。“完整”表示封存后未被改动，并不说明由谁封存。</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Cancelled; what was there before is untouched.</source>
        <translation>已取消，原有文件未受影响。</translation>
    </message>
    <message>
        <source>No program on this computer opens it, but it is there: {0}</source>
        <translation>本机没有可打开它的程序，文件在这里：{0}</translation>
    </message>
</context>
<context>
    <name>PackingDialog</name>
    <message>
        <source>Write package …</source>
        <translation>写出…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Zip file (*.zip)</source>
        <translation>Zip 文件 (*.zip)</translation>
    </message>
    <message>
        <source>Packing the evidence …</source>
        <translation>正在打包证据…</translation>
    </message>
    <message>
        <source>The content of {0} of them is not on this computer. It is left out, and the file says so.</source>
        <translation>其中 {0} 件的内容不在本机，不会收入，文件中会写明。</translation>
    </message>
    <message>
        <source>This audit has no evidence yet.</source>
        <translation>本次审核还没有证据。</translation>
    </message>
    <message>
        <source>{0} pieces of evidence, {1} together.</source>
        <translation>共 {0} 件证据，{1}。</translation>
    </message>
    <message>
        <source>Written with {0} pieces of evidence: {1}</source>
        <translation>已写出，包含 {0} 件证据：{1}</translation>
    </message>
    <message>
        <source>{0} {1}: {2}</source>
        <translation>{0} {1}：{2}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>另有 {0} 条</translation>
    </message>
    <message>
        <source>Left out, as the file says too:</source>
        <translation>未收入（文件中也已写明）：</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Sign the report</source>
        <translation>为报告签名</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The report is signed with your key, which does not leave this computer.</source>
        <translation>报告将用您的密钥签名，密钥不会离开本机。</translation>
    </message>
</context>
<context>
    <name>PasswordFields</name>
    <message>
        <source>Protect with a password</source>
        <translation>用密码保护</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
    <message>
        <source>The two passwords are not the same. Type the second one again.</source>
        <translation>两次输入的密码不同，请重新输入第二个。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>再次输入密码</translation>
    </message>
</context>
<context>
    <name>PdfDialog</name>
    <message>
        <source>Export PDF report</source>
        <translation>导出 PDF 报告</translation>
    </message>
    <message>
        <source>Every sheet of the Excel report on A4 pages, as it is printed. No office program is needed.</source>
        <translation>按 Excel 报告的打印效果排成 A4 页面，无需办公软件。</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>报告语言</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>Export PDF …</source>
        <translation>导出 PDF…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>审核报告</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Writing the report as a PDF …</source>
        <translation>正在写出 PDF 报告…</translation>
    </message>
    <message>
        <source>The report is written: {0}</source>
        <translation>报告已写出：{0}</translation>
    </message>
</context>
<context>
    <name>PhraseButton</name>
    <message>
        <source>Phrases</source>
        <translation>常用评语</translation>
    </message>
    <message>
        <source>Phrases are also offered while you type; Alt+Down or Ctrl+Space lists all of them.</source>
        <translation>输入时也会提示常用评语；按 Alt+↓ 或 Ctrl+空格 列出全部。</translation>
    </message>
    <message>
        <source>Keep this note as a phrase</source>
        <translation>将此记录留作常用评语</translation>
    </message>
    <message>
        <source>Edit phrases …</source>
        <translation>编辑常用评语…</translation>
    </message>
    <message>
        <source>This note is among the phrases already.</source>
        <translation>此记录已在常用评语中。</translation>
    </message>
    <message>
        <source>Kept as a phrase for {0}.</source>
        <translation>已留作 {0} 的常用评语。</translation>
    </message>
</context>
<context>
    <name>PhraseCard</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>PhraseHelp</name>
    <message>
        <source>No phrases yet for this indicator. Any note can be kept as one.</source>
        <translation>该指标还没有常用评语。任何一条记录都可以留作常用评语。</translation>
    </message>
</context>
<context>
    <name>PhraseList</name>
    <message>
        <source>Phrases</source>
        <translation>常用评语</translation>
    </message>
</context>
<context>
    <name>PhrasesDialog</name>
    <message>
        <source>Phrases</source>
        <translation>常用评语</translation>
    </message>
    <message>
        <source>For {0} only</source>
        <translation>仅用于 {0}</translation>
    </message>
    <message>
        <source>No phrase for this indicator yet. Add one, or keep a note as a phrase.</source>
        <translation>该指标还没有常用评语。可在此添加，或将记录留作常用评语。</translation>
    </message>
    <message>
        <source>To every indicator</source>
        <translation>改为用于所有指标</translation>
    </message>
    <message>
        <source>For every indicator</source>
        <translation>用于所有指标</translation>
    </message>
    <message>
        <source>No phrase for every indicator yet. Add what you write again and again.</source>
        <translation>还没有用于所有指标的常用评语。可添加经常要写的话。</translation>
    </message>
    <message>
        <source>To {0} only</source>
        <translation>改为仅用于 {0}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stored at once, for all audits on this computer. Not part of an audit, so undo leaves it alone.</source>
        <translation>改动立即保存，本机所有审核共用。不属于某次审核，撤销对其无效。</translation>
    </message>
    <message>
        <source>Enter edits and stores, Shift+Enter begins a new line.</source>
        <translation>按 Enter 编辑和保存，按 Shift+Enter 换行。</translation>
    </message>
    <message>
        <source>Close again to leave without storing it.</source>
        <translation>再次关闭即放弃未保存的改动。</translation>
    </message>
</context>
<context>
    <name>PreviewDialog</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Backup of {0}</source>
        <translation>{0} 的备份</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>not in the library</source>
        <translation>现库中没有</translation>
    </message>
    <message>
        <source>not decided yet</source>
        <translation>尚未确定</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Indicators not judged</source>
        <translation>未评定的指标</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}（共 {1}）</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>审核发现</translation>
    </message>
    <message>
        <source>Documents verified</source>
        <translation>已核验的文件</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Differences: {0}</source>
        <translation>共 {0} 处不同</translation>
    </message>
    <message>
        <source>The first {0} of {1} differences; {2} more are not listed.</source>
        <translation>共 {1} 处不同，这里列出前 {0} 处；另有 {2} 处未列出。</translation>
    </message>
    <message>
        <source>What changed since the backup</source>
        <translation>备份之后的改动</translation>
    </message>
    <message>
        <source>This audit is no longer in the library.</source>
        <translation>现在的资料库中已没有这项审核。</translation>
    </message>
    <message>
        <source>The audit in the backup says the same as the present one.</source>
        <translation>备份中的审核与现在的内容相同。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Different: {0}</source>
        <translation>不同之处：{0}</translation>
    </message>
    <message>
        <source>{0} only in the backup</source>
        <translation>仅备份中有 {0} 项</translation>
    </message>
    <message>
        <source>{0} changed</source>
        <translation>改动 {0} 项</translation>
    </message>
    <message>
        <source>{0} only now</source>
        <translation>仅现在有 {0} 项</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
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
        <source>Photos and files</source>
        <translation>照片和文件</translation>
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
        <source>Clauses</source>
        <translation>负责条款</translation>
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
    <name>ProgressDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>正在取消…</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>Before the report</source>
        <translation>出报告之前</translation>
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
        <source>Findings and actions</source>
        <translation>发现与整改</translation>
    </message>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
    <message>
        <source>Special deduction {0}: no facts given</source>
        <translation>特别扣分 {0}：未写明事实</translation>
    </message>
    <message>
        <source>Special deduction {0}: must be rectified, no finding is made of it yet</source>
        <translation>特别扣分 {0}：须整改，尚未开具审核发现</translation>
    </message>
    <message>
        <source>Finding {0} ({1})</source>
        <translation>审核发现 {0}（{1}）</translation>
    </message>
    <message>
        <source>Finding {0}</source>
        <translation>审核发现 {0}</translation>
    </message>
</context>
<context>
    <name>ReopenDialog</name>
    <message>
        <source>Reopen the audit</source>
        <translation>重新打开审核</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A report that was handed over keeps the fingerprint of the finalised state; a later one will carry another. Write why the audit is changed after it was finalised: that stays in its history.</source>
        <translation>已交出的报告带有定稿时的指纹，之后的报告指纹会不同。请写明定稿后为什么要修改，理由会留在历史中。</translation>
    </message>
</context>
<context>
    <name>ReplyDialog</name>
    <message>
        <source>Reply workbook for the auditee</source>
        <translation>整改回复表</translation>
    </message>
    <message>
        <source>One row for each of the {0} findings. Correction, cause, corrective action, responsible person and due date are open; everything else is locked. When it comes back, take it in from the same menu.</source>
        <translation>{0} 项审核发现，每项一行。纠正、原因、纠正措施、责任人和期限可填写，其余内容锁定。收到对方填好的工作簿后，在同一菜单中读入。</translation>
    </message>
    <message>
        <source>This audit has no findings yet, so there is nothing to answer.</source>
        <translation>本次审核还没有审核发现，没有需要回复的内容。</translation>
    </message>
    <message>
        <source>Reply to findings</source>
        <translation>整改回复</translation>
    </message>
</context>
<context>
    <name>ReplyIntake</name>
    <message>
        <source>Take in the reply of the auditee</source>
        <translation>读入整改回复</translation>
    </message>
    <message>
        <source>reply of the auditee</source>
        <translation>读入整改回复</translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message>
        <source>Excel report</source>
        <translation>Excel 报告</translation>
    </message>
    <message>
        <source>The report will be marked as a draft.</source>
        <translation>报告将标明为草稿。</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>报告语言</translation>
    </message>
    <message>
        <source>The workbook opens with this password only, in Excel, WPS and LibreOffice. It protects what is in it on its way; who knows the password can change it. A forgotten password cannot be found again, but the report can be exported anew.</source>
        <translation>工作簿只有凭此密码才能打开（Excel、WPS、LibreOffice 均可）。密码保护传递途中的内容；知道密码的人可以修改。忘记密码无法找回，但可以重新导出报告。</translation>
    </message>
    <message>
        <source>Export Excel report</source>
        <translation>导出 Excel 报告</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>No score: every indicator is deleted</source>
        <translation>全部指标已删减，无得分</translation>
    </message>
    <message>
        <source>The audit is not finalised, and the report will say so.</source>
        <translation>审核尚未定稿，报告会注明“未定稿”。</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>审核报告</translation>
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
        <source>Weights that the standard does not publish are default values. The report marks each of them, and so does the scoring sheet.</source>
        <translation>未公开的分值为默认值，报告与评分表均逐项标明来源。</translation>
    </message>
    <message>
        <source>The report is written: {0}</source>
        <translation>报告已写好：{0}</translation>
    </message>
    <message>
        <source>The report could not be written; the audit is safe.</source>
        <translation>报告未能生成，审核资料完好。</translation>
    </message>
    <message>
        <source>Another audit</source>
        <translation>另一份审核</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>ReportLanguage</name>
    <message>
        <source>Chinese and English</source>
        <translation>中英对照</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>报告语言</translation>
    </message>
</context>
<context>
    <name>Restoring</name>
    <message>
        <source>Restore whole library</source>
        <translation>恢复整个资料库</translation>
    </message>
    <message>
        <source>Checking the backup and keeping what is there …</source>
        <translation>正在检查备份，并保留现在的资料库…</translation>
    </message>
    <message>
        <source>The library is as it was: {0}.</source>
        <translation>资料库已恢复到：{0}。</translation>
    </message>
    <message>
        <source>Nothing was restored; the library is as it was before.</source>
        <translation>未恢复任何内容，资料库与之前一样。</translation>
    </message>
    <message>
        <source>What was there before is kept: {0}</source>
        <translation>之前的资料库已保留：{0}</translation>
    </message>
    <message>
        <source>Evidence taken back: {0}</source>
        <translation>取回证据：{0} 件</translation>
    </message>
    <message>
        <source>Evidence that is missing here and in the second folder: {0}</source>
        <translation>本机和第二备份文件夹中都没有的证据：{0} 件</translation>
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
    <name>SamplesList</name>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>List the samples, or paste rows of a table (what, date, result, remark); the counts follow.</source>
        <translation>逐个列出样本，或从电子表格粘贴（样本、日期、结果、备注）；抽查数和不符合数随之得出。</translation>
    </message>
    <message>
        <source>New sample, Enter adds it</source>
        <translation>新样本，按 Enter 添加</translation>
    </message>
    <message>
        <source>New sample</source>
        <translation>新样本</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Nothing to list was copied. Copy the rows of a table, one for each sample.</source>
        <translation>没有复制可列入的内容。请复制表格中的行，每行一个样本。</translation>
    </message>
    <message>
        <source>{0} samples are listed; {1} more rows were too many for one step. Paste those once more.</source>
        <translation>已列入 {0} 个样本；另有 {1} 行超出一次可粘贴的数量，请再粘贴一次。</translation>
    </message>
    <message>
        <source>{0} samples are listed. Undo takes them off again.</source>
        <translation>已列入 {0} 个样本，撤销可收回。</translation>
    </message>
    <message>
        <source>Samples of the indicator</source>
        <translation>该指标的样本</translation>
    </message>
    <message>
        <source>result of a sample</source>
        <translation>样本的结果</translation>
    </message>
    <message>
        <source>paste samples</source>
        <translation>粘贴样本</translation>
    </message>
</context>
<context>
    <name>ScoreBar</name>
    <message>
        <source>Score board ({0})</source>
        <translation>得分板（{0}）</translation>
    </message>
    <message>
        <source>Score board</source>
        <translation>评分板</translation>
    </message>
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
    <name>ScoreBoard</name>
    <message>
        <source>Score board</source>
        <translation>评分板</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Next indicators to judge</source>
        <translation>接下来要评的指标</translation>
    </message>
    <message>
        <source>Losses to regain</source>
        <translation>要挽回的失分</translation>
    </message>
    <message>
        <source>now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Lost points</source>
        <translation>失分</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>没有。</translation>
    </message>
    <message>
        <source>Special deductions</source>
        <translation>特别扣分</translation>
    </message>
    <message>
        <source>Copy chart</source>
        <translation>复制图表</translation>
    </message>
    <message>
        <source>The chart is on the clipboard; paste it into a report.</source>
        <translation>图表已复制，可以粘贴到报告中。</translation>
    </message>
    <message>
        <source>Explain the level</source>
        <translation>说明等级</translation>
    </message>
    <message>
        <source>Cheapest way to the next level</source>
        <translation>升到下一等级的最短路径</translation>
    </message>
    <message>
        <source>Chapters and groups</source>
        <translation>章节得分</translation>
    </message>
    <message>
        <source>Points earned by chapter and group</source>
        <translation>各章节得分</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假设</translation>
    </message>
    <message>
        <source>Select an indicator on the scoring sheet to see the score with another verdict.</source>
        <translation>在评分表中选中一项指标，这里显示换一种评定后的得分。</translation>
    </message>
    <message>
        <source>What if {0} were</source>
        <translation>假设 {0} 改评为</translation>
    </message>
    <message>
        <source>Lost points · {0}</source>
        <translation>失分 · {0}</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show all {0}</source>
        <translation>显示全部 {0} 项</translation>
    </message>
    <message>
        <source>Special deductions · {0} / {1}</source>
        <translation>特别扣分 · {0} / {1}</translation>
    </message>
</context>
<context>
    <name>ScoringTab</name>
    <message>
        <source>Scoring sheet</source>
        <translation>评分表</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Checked / failed, such as 12/1; {0} lists the samples instead</source>
        <translation>抽样数/不符合数，如 12/1；按 {0} 可改为逐个列出样本</translation>
    </message>
    <message>
        <source>Every indicator is judged.</source>
        <translation>所有指标均已评定。</translation>
    </message>
    <message>
        <source>Every indicator shown is judged; “All” shows the others.</source>
        <translation>显示的指标都已评定；点“全部”查看其他。</translation>
    </message>
    <message>
        <source>Everything under this heading is judged; select rows to give them another verdict.</source>
        <translation>该标题下的指标都已评定；要改评请选中具体的行。</translation>
    </message>
    <message>
        <source>Samples are counted for one indicator at a time; nothing was changed.</source>
        <translation>抽样只能逐项计数；未作任何改动。</translation>
    </message>
    <message>
        <source>All {0} indicators are {1} already; nothing was changed.</source>
        <translation>{0} 项指标原已评为{1}，未作改动。</translation>
    </message>
    <message>
        <source>{0} for {1} indicators</source>
        <translation>{1} 项指标评为{0}</translation>
    </message>
    <message>
        <source>{0} indicators are set to {1}, {2} of them had another verdict. Undo takes all of it back.</source>
        <translation>{0} 项指标已评为{1}，其中 {2} 项原有评定。撤销一次即可全部恢复。</translation>
    </message>
    <message>
        <source>{0} indicators are set to {1}. Undo takes all of it back.</source>
        <translation>{0} 项指标已评为{1}。撤销一次即可全部恢复。</translation>
    </message>
    <message>
        <source>note</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>finding</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>next unjudged</source>
        <translation>下一未评</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>全部快捷键</translation>
    </message>
    <message>
        <source>Select an indicator to judge it.</source>
        <translation>请选择一项指标进行评定。</translation>
    </message>
    <message>
        <source>No indicator is like that</source>
        <translation>没有符合条件的指标</translation>
    </message>
</context>
<context>
    <name>SealBanner</name>
    <message>
        <source>Reopen …</source>
        <translation>重新打开…</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Finalised {0} by {1}: {2} points, {3}. It can be read and delivered, not changed.</source>
        <translation>已定稿：{0}，{1}；{2} 分，{3}。可以查看和交付，不能修改。</translation>
    </message>
    <message>
        <source>The history ends with {0}</source>
        <translation>历史末端指纹：{0}</translation>
    </message>
    <message>
        <source>Nothing was changed: the audit is finalised. Reopen it first and say why.</source>
        <translation>没有修改：这份审核已定稿。要修改，请先重新打开并写明理由。</translation>
    </message>
</context>
<context>
    <name>SealDialog</name>
    <message>
        <source>Sealed package</source>
        <translation>封存包</translation>
    </message>
    <message>
        <source>One zip with the report, the audit file and the original evidence, to be kept or handed over. Opening it here checks every byte: damage and later changes are found. It does not prove who made it, unless the report in it is signed. Original photos hold what the camera wrote, which may include the place where they were taken.</source>
        <translation>把报告、审核文件和证据原件放进一个 zip，用于留存或移交。在本程序中打开时逐字节核对，能发现损坏和事后改动；除非其中的报告已签名，否则不能证明由谁制作。照片原件带有相机写入的信息，其中可能有拍摄地点。</translation>
    </message>
    <message>
        <source>The password locks report, audit and evidence (AES-256); how many files there are and how large stays visible. Nobody can open the package without it, so keep it; give it to the receiver by another way. Windows itself does not open such a zip, this program, 7-Zip and WinRAR do.</source>
        <translation>密码锁住报告、审核文件和证据（AES-256），文件的数量和大小仍可看到。没有密码谁也打不开，请妥善保管，并用另一途径告知对方。Windows 自带的功能打不开这种 zip，本程序、7-Zip、WinRAR 可以。</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>报告语言</translation>
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
    <name>SelectionPanel</name>
    <message>
        <source>A verdict here is given to the indicators under it that are not judged yet.</source>
        <translation>在这里评定，只作用于其下尚未评定的指标。</translation>
    </message>
    <message>
        <source>{0} indicators selected</source>
        <translation>已选 {0} 项</translation>
    </message>
    <message>
        <source>A verdict here replaces the one of each; one undo takes all of it back.</source>
        <translation>在这里评定会替换每一项的评定；撤销一次即可全部恢复。</translation>
    </message>
</context>
<context>
    <name>SheetFilter</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Unjudged</source>
        <translation>未评</translation>
    </message>
    <message>
        <source>Points lost</source>
        <translation>失分</translation>
    </message>
    <message>
        <source>Sampled</source>
        <translation>抽样</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>删减</translation>
    </message>
    <message>
        <source>With finding</source>
        <translation>有发现</translation>
    </message>
    <message>
        <source>No evidence</source>
        <translation>无证据</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Find clause, words, notes</source>
        <translation>查找条款、文字、记录</translation>
    </message>
    <message>
        <source>Find in the scoring sheet</source>
        <translation>在评分表中查找</translation>
    </message>
    <message>
        <source>The clauses that the team table of the profile gives you; who you are is in the settings</source>
        <translation>企业概况的审核组表里分给您的条款；您是谁在“快捷键与设置”中选择</translation>
    </message>
    <message>
        <source>Judged, not deleted, and no photo or file yet</source>
        <translation>已评、未删减，且尚无照片或文件</translation>
    </message>
    <message>
        <source>No clauses are yours yet: say who you are in the settings, and in the team table of the profile which clauses that member looks at.</source>
        <translation>还没有分给您的条款：请在“快捷键与设置”中选择您是谁，并在企业概况的审核组表里填写该成员负责的条款。</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>Right-click a heading to leave columns out or show them again</source>
        <translation>右键单击表头，可隐藏或重新显示列</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>History of this row</source>
        <translation>这一行的历史</translation>
    </message>
</context>
<context>
    <name>SignBox</name>
    <message>
        <source>Sign with my key</source>
        <translation>用我的密钥签名</translation>
    </message>
    <message>
        <source>The certification body can then check that the report is yours; the first time a key is made.</source>
        <translation>认证机构可据此核实报告出自您本人；首次使用时先生成密钥。</translation>
    </message>
</context>
<context>
    <name>SigningDialog</name>
    <message>
        <source>Signing key</source>
        <translation>签名密钥</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>公钥</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Copy public key</source>
        <translation>复制公钥</translation>
    </message>
    <message>
        <source>Save public key …</source>
        <translation>保存公钥…</translation>
    </message>
    <message>
        <source>Name in the signature</source>
        <translation>签名中的姓名</translation>
    </message>
    <message>
        <source>Passphrase now</source>
        <translation>现有口令</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>新口令</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Make key</source>
        <translation>生成密钥</translation>
    </message>
    <message>
        <source>Change passphrase</source>
        <translation>修改口令</translation>
    </message>
    <message>
        <source>Make another key …</source>
        <translation>生成另一个密钥…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Your public key</source>
        <translation>您的公钥</translation>
    </message>
    <message>
        <source>Mail the key to those who check your reports, and read them the fingerprint on the telephone.</source>
        <translation>请将公钥寄给核对报告的人，并在电话中向其念出指纹。</translation>
    </message>
    <message>
        <source>A signature shows that a report is yours and was not changed since. The key stays on this computer, under a passphrase that nobody else knows.</source>
        <translation>签名表明报告出自您手，且此后未被改动。密钥保存在本机，由只有您知道的口令保护。</translation>
    </message>
    <message>
        <source>Nobody can restore the passphrase. Without it the key signs nothing any more; reports signed before remain valid, and a new key has to be made and handed out.</source>
        <translation>口令无法找回。忘记口令后，密钥不能再签名；此前签名的报告仍然有效，但须生成新的密钥并重新分发公钥。</translation>
    </message>
    <message>
        <source>The public key is on the clipboard.</source>
        <translation>公钥已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Save public key</source>
        <translation>保存公钥</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>The public key is written: {0}</source>
        <translation>公钥已写入：{0}</translation>
    </message>
    <message>
        <source>Make a key</source>
        <translation>生成密钥</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>修改口令</translation>
    </message>
    <message>
        <source>Make another key? Reports are signed with the new one from then on, and its public key has to be handed out. The old key is kept aside in the folder of the library; what it signed remains valid.</source>
        <translation>要生成另一个密钥吗？此后的报告将用新密钥签名，并须重新分发公钥。旧密钥会另存在资料库文件夹中；用它签名的报告仍然有效。</translation>
    </message>
    <message>
        <source>The key is made. Keep the passphrase well.</source>
        <translation>密钥已生成。请妥善保管口令。</translation>
    </message>
    <message>
        <source>The passphrase is changed.</source>
        <translation>口令已修改。</translation>
    </message>
    <message>
        <source>The passphrase was typed in two different ways; nothing was stored.</source>
        <translation>两次输入的口令不一致；未保存任何内容。</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Everything is saved</source>
        <translation>所有内容均已保存</translation>
    </message>
    <message>
        <source>Saved {0}</source>
        <translation>已保存 {0}</translation>
    </message>
    <message>
        <source>Not everything is saved</source>
        <translation>有内容尚未保存</translation>
    </message>
    <message>
        <source>{0} · pack {1}</source>
        <translation>{0} · 标准包 {1}</translation>
    </message>
    <message>
        <source>Team leader {0}</source>
        <translation>审核组长 {0}</translation>
    </message>
</context>
<context>
    <name>TabTitles</name>
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
        <source>Findings and actions</source>
        <translation>发现与整改</translation>
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
        <source>{0} open</source>
        <translation>{0} 项未关闭</translation>
    </message>
</context>
<context>
    <name>TakingIn</name>
    <message>
        <source>In the audit</source>
        <translation>审核中</translation>
    </message>
    <message>
        <source>In the workbook</source>
        <translation>工作簿中</translation>
    </message>
    <message>
        <source>Not taken, or to be known</source>
        <translation>未采纳或需知晓</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Take all</source>
        <translation>全部采纳</translation>
    </message>
    <message>
        <source>Take none</source>
        <translation>全不采纳</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Nothing was written. Try again.</source>
        <translation>没有写入任何内容，请重试。</translation>
    </message>
    <message>
        <source>Not taken, or to be known: {0}</source>
        <translation>未采纳或需知晓：{0} 条</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>{0} · {1} · {2}</source>
        <translation>{0} · {1} · {2}</translation>
    </message>
    <message>
        <source>{0} of {1} are taken</source>
        <translation>采纳 {0} / {1} 项</translation>
    </message>
    <message>
        <source>The workbook says nothing that is not in the audit already.</source>
        <translation>工作簿中没有审核里尚无的内容。</translation>
    </message>
    <message>
        <source>Take in {0}</source>
        <translation>采纳 {0} 项</translation>
    </message>
</context>
<context>
    <name>TotalsLabel</name>
    <message>
        <source>{0} indicators</source>
        <translation>{0} 项</translation>
    </message>
    <message>
        <source>{0} points apply</source>
        <translation>适用分值 {0}</translation>
    </message>
    <message>
        <source>earned {0}</source>
        <translation>得分 {0}</translation>
    </message>
    <message>
        <source>lost {0}</source>
        <translation>失分 {0}</translation>
    </message>
    <message>
        <source>open {0}</source>
        <translation>未评 {0}</translation>
    </message>
    <message>
        <source>deleted {0}</source>
        <translation>删减 {0}</translation>
    </message>
</context>
<context>
    <name>VerifyDialog</name>
    <message>
        <source>Check a report</source>
        <translation>核对报告</translation>
    </message>
    <message>
        <source>Choose a report, or drop it here</source>
        <translation>请选择报告，或将其拖放到这里</translation>
    </message>
    <message>
        <source>Choose report …</source>
        <translation>选择报告…</translation>
    </message>
    <message>
        <source>Anybody, or nobody</source>
        <translation>不限，未签名亦可</translation>
    </message>
    <message>
        <source>Must be signed by</source>
        <translation>应由谁签名</translation>
    </message>
    <message>
        <source>Add key …</source>
        <translation>添加公钥…</translation>
    </message>
    <message>
        <source>Forget key</source>
        <translation>移除公钥</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remember the key that signed …</source>
        <translation>记住签名所用的公钥…</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制结果</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Checking the report …</source>
        <translation>正在核对报告…</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx);;All files (*)</source>
        <translation>Excel 工作簿 (*.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose report</source>
        <translation>选择报告</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>The check was cancelled, so nothing is known of this report.</source>
        <translation>已取消核对，尚不能判断这份报告是否完整。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>A report carries fingerprints of what it says. They still fit after it was saved again in Excel, WPS or LibreOffice, and no longer after a cell was changed.</source>
        <translation>报告带有其内容的指纹。用 Excel、WPS 或 LibreOffice 重新保存后，指纹仍然相符；改动单元格后则不再相符。</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>The report could not be checked; it is untouched.</source>
        <translation>未能核对报告；报告保持原样。</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>{0} / {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>Select and pan</source>
        <translation>选择和平移</translation>
    </message>
    <message>
        <source>Draw arrows</source>
        <translation>画箭头</translation>
    </message>
    <message>
        <source>Draw boxes</source>
        <translation>画方框</translation>
    </message>
    <message>
        <source>Remove the selected mark</source>
        <translation>移除所选标记</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>One pixel of the picture as one of the screen, and back</source>
        <translation>按实际像素显示，再按一次恢复</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
</context>
<context>
    <name>WorkbookOut</name>
    <message>
        <source>Write workbook …</source>
        <translation>生成工作簿…</translation>
    </message>
    <message>
        <source>Open workbook</source>
        <translation>打开工作簿</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Writing the workbook …</source>
        <translation>正在生成工作簿…</translation>
    </message>
    <message>
        <source>The workbook is written: {0}</source>
        <translation>工作簿已写好：{0}</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
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
        <source>The audit file is written, photos and files as small pictures only: {0}</source>
        <translation>审核文件已写好（照片仅含缩略图，不含原件和其他文件）：{0}</translation>
    </message>
    <message>
        <source>What was typed last is not stored. It is still where it was typed: correct it or try again.</source>
        <translation>刚输入的内容尚未保存，仍在原处。请改正后再试。</translation>
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
        <source>Go to its finding {0}</source>
        <translation>查看审核发现 {0}</translation>
    </message>
    <message>
        <source>Make a finding of it</source>
        <translation>开具审核发现</translation>
    </message>
    <message>
        <source>remove special deduction</source>
        <translation>移除特别扣分</translation>
    </message>
</context>
</TS>
