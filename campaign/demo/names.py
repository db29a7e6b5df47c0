"""Names and places for generated data: obviously invented persons, real places, invented enterprises."""

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
NUMERALS = "〇一二三四五六七八九"

# Place, GB/T 2260 code: provinces with the city that stands for them.
PROVINCES = (
    ("四川省", "510000", "德阳市", "510600"),
    ("湖北省", "420000", "武汉市", "420100"),
    ("上海市", "310000", "浦东新区", "310115"),
    ("云南省", "530000", "昆明市", "530100"),
    ("山西省", "140000", "大同市", "140200"),
    ("内蒙古自治区", "150000", "鄂尔多斯市", "150600"),
    ("辽宁省", "210000", "鞍山市", "210300"),
    ("山东省", "370000", "济南市", "370100"),
    ("河南省", "410000", "郑州市", "410100"),
    ("广东省", "440000", "广州市", "440100"),
    ("陕西省", "610000", "西安市", "610100"),
    ("江苏省", "320000", "南京市", "320100"),
    ("河北省", "130000", "唐山市", "130200"),
    ("黑龙江省", "230000", "哈尔滨市", "230100"),
    ("安徽省", "340000", "合肥市", "340100"),
    ("贵州省", "520000", "贵阳市", "520100"),
)
BEIJING = "110000"

UNIT_STEMS = [
    "北山",
    "河口",
    "南湾",
    "东岭",
    "西塘",
    "云溪",
    "长坪",
    "临江",
    "青石",
    "白河",
    "金桥",
    "柳园",
    "松林",
    "海门",
    "平川",
    "大原",
    "新港",
    "双峰",
    "龙泉",
    "广源",
]
UNIT_TRADES = {
    "能源": ("矿业公司", "发电公司", "勘探公司", "建设公司", "装备公司", "研究院"),
    "电力": ("供电公司", "送变电公司", "工程公司", "设计院", "物资公司"),
    "通信": ("通信公司", "网络公司", "客户服务中心", "研究院", "工程公司"),
    "电子": ("研究所", "器件厂", "系统公司", "信息公司", "计量院"),
    "煤炭": ("煤矿", "选煤厂", "机修厂", "运销公司", "矿山建设公司"),
    "铁路建筑": ("工程处", "桥梁公司", "隧道公司", "电务公司", "项目经理部"),
    "粮油": ("直属库", "油脂公司", "贸易公司", "质检中心"),
    "化工": ("化肥厂", "树脂厂", "橡胶公司", "化工研究院", "储运公司"),
    "装备制造": ("铸锻厂", "重机公司", "汽轮机厂", "工具厂", "设计院"),
    "钢铁": ("炼铁厂", "炼钢厂", "轧钢厂", "矿业公司", "动力厂"),
    "航运": ("船务公司", "集装箱公司", "修造厂", "船员公司", "物流公司"),
    "有色金属": ("冶炼厂", "矿山公司", "加工厂", "电解厂", "研究院"),
}
DEPARTMENTS = [
    "办公厅",
    "人事部",
    "财务部",
    "规划部",
    "安全部",
    "审计部",
    "科技部",
    "法律部",
    "信息部",
    "国际部",
    "后勤部",
    "工会",
]
SHOPS = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
]


def local_committee(place: str) -> str:
    """What the Party committee of a place is called: 四川省委, 内蒙古自治区党委."""
    return f"{place}{'党' if place.endswith('自治区') else ''}委（示例）"


def numeral(number: int) -> str:
    """A number digit by digit: 1 is 一, 12 is 一二. From 1000 on in base 100, with surnames for digits.

    Real names share few pairs of characters; ten digits alone would make every search find a tenth of all.
    """
    if number < 1000:
        return "".join(NUMERALS[int(digit)] for digit in str(number))
    text = ""
    while number:
        number, rest = divmod(number, len(SURNAMES))
        text = SURNAMES[rest] + text
    return text


def person(index: int) -> str:
    """The invented name of the person with this running number from 0; no two are the same.

    王示一, 李示二, 张示三 ...: surnames in turn, and a numeral that differs within one surname.
    """
    row, column = divmod(index, len(SURNAMES))
    return f"{SURNAMES[column]}示{numeral(row + column + 1)}"


def phone(index: int) -> str:
    """A number of the range 000-0000-0000 that no telephone has."""
    return f"000-{index // 10_000 % 10_000:04}-{index % 10_000:04}"
