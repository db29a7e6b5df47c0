"""What made-up records say: titles of dossier 4.5, short gists, resolutions."""

TITLES = {
    "MOBILISATION": ("第二批先进性教育活动动员大会", "动员部署会"),
    "CONCENTRATED_STUDY": (
        "学习党章专题学习会",
        "《保持共产党员先进性教育读本》集中学习（第三讲）",
        "集中学习：岗位与责任",
    ),
    "PARTY_LECTURE": ("党课：把先进性落实到岗位上",),
    "SPECIAL_REPORT": ("专题报告会：企业核心竞争力与党员责任",),
    "TOPIC_DISCUSSION": ("专题讨论：我为企业发展献一策",),
    "REQUIREMENTS_DISCUSSION": ("保持共产党员先进性具体要求大讨论",),
    "THEME_ACTIVITY": ("“重温入党誓词”主题活动", "“回顾成长经历”座谈会", "党员“政治生日”集体活动"),
    "THEME_PARTY_DAY": ("主题党日：学纪律、守规矩",),
    "MODELS_REPORT": ("优秀共产党员先进事迹报告会",),
    "TRAINING_CLASS": ("党支部书记和工作骨干培训班（第一期）",),
    "ORG_LIFE": ("专题组织生活会",),
    "DEMOCRATIC_LIFE": ("领导班子专题民主生活会",),
    "APPRAISAL_NOTICE": ("评议情况通报会",),
    "SUMMARY": ("先进性教育活动总结大会",),
    "BRANCH_GENERAL": (
        "支部党员大会：半年工作总结",
        "支部党员大会：讨论工作计划",
        "支部党员大会：通报党费收缴",
        "支部党员大会",
    ),
    "BRANCH_COMMITTEE": ("支部委员会：研究近期工作", "支部委员会：研究党员评议意见", "支部委员会：安排学习"),
}
GISTS = {
    "MOBILISATION": "传达上级部署，说明三个阶段的安排和支部的具体做法。",
    "CONCENTRATED_STUDY": "逐段学习，结合本岗位谈体会。",
    "TOPIC_DISCUSSION": "围绕企业发展提出建议，由支部梳理。",
    "REQUIREMENTS_DISCUSSION": "讨论并通过本支部的具体要求。",
    "ORG_LIFE": "逐人发言，开展批评和自我批评；内容按规定不记入本系统。",
    "DEMOCRATIC_LIFE": "班子成员逐一发言；内容按规定不记入本系统。",
    "BRANCH_GENERAL": "通报支部工作，讨论下一步安排。",
}
RESOLUTIONS = (
    "通过支部下半年工作计划。",
    "通过支部学习安排，倒班党员按班次送学。",
    "同意设立三个党员责任区。",
    "通过支部活动经费使用情况的报告。",
)
PEAKS = ("迎峰度夏保供", "黄金生产季节", "运输旺季", "停产检修")
CHANGE_REASONS = (
    "装置大修与第一阶段重叠，经研究推迟。",
    "施工旺季，项目部党员分批参加。",
    "改制方案公布期间，集中学习顺延一周。",
)
# What is put right: title, measure, measurable result, department, what was done, effect (dossier 4.7).
RECTIFIED = (
    ("夜班班车增开一班", "调整班次，夜班后增开一班", "每晚增开一班", "后勤部门", "已增开，职工反映良好", "PRACTICAL"),
    ("党员活动室恢复使用", "腾出库房，添置报刊和电教设备", "活动室恢复", "综合办公室", "已恢复并添置报刊", "INNER"),
    ("合并重复报表", "清理报表，能合并的合并", "二十三张减为九张", "办公室", "已减为九张", "PRACTICAL"),
    ("首问负责制和限时办结制", "印发试行办法", "十月底前印发", "办公室", "已印发试行", "PRACTICAL"),
    ("离退休党员就近编组", "按居住地重新编组，送学上门", "编成三个组", "党支部", "已编组", "INNER"),
    ("安全隐患整改与考核挂钩", "修订考核办法", "修订办法印发", "安全部门", "办法已印发", "PRACTICAL"),
    ("困难职工帮困基金公示", "修订申请和公示办法", "办法公示七天", "工会", "已修订并公示", "PRACTICAL"),
)
