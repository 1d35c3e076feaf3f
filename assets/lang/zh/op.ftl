
# op/evidence.rs
op-evidence-save-object-its-events-and-logs = 变更前保存对象及其事件和日志
op-evidence-every-object-of-these-resources-as = 另外保存这些资源的全部对象，名称同 kubectl，以逗号分隔：ippools.crd.projectcalico.org
op-evidence-only-reads-cluster-files-are-yours = 只读取集群；文件在会话日志旁，只有你本人可读
op-evidence-values-of-secrets-are-not-saved = 不保存 Secret 的值；敏感内容和疑似敏感内容会像导出时一样打码
op-evidence-is-done-only-when-all-of = 全部保存后才算完成；读不到的内容会逐一列出
op-evidence-nothing-to-take-back = 不需要：集群没有任何变更
op-evidence-save = 保存 { $target }
op-evidence-save-into-sessions-folder = 把{ $work }保存到会话目录
op-evidence-reads-only = 只读
op-evidence-nothing-in-cluster-changes = 集群没有任何变更
op-evidence-values-of-secrets-what-is-known = Secret 的值、已知的敏感内容和疑似敏感内容
op-evidence-at-most = 上限
op-evidence-what-is-known-of-is-saved = { $target } 的现场信息已保存到会话目录
op-evidence-yaml-of = { $object } 的 YAML
op-evidence-events-about-it = 相关事件
op-evidence-logs-of-all-its-containers-those = 所有容器的日志，包括上次重启之前的
op-evidence-every-object-that-is-left-in = 其中剩余的全部对象（Secret 只保存名称）
op-evidence-every-object-of = { $resource } 的全部对象
op-evidence-names-such-as-configmaps-or-ippools = configmaps 或 ippools.crd.projectcalico.org 这样的资源名
op-evidence-4-mib-of-file-of-log = 单个文件 4 MiB，日志保留末尾；合计 64 MiB：截断之处会注明
op-evidence-masked = 打码
