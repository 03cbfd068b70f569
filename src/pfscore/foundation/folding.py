"""One spelling for each character: full width to half width, traditional to simplified, look-alike signs to one.

Folding replaces one character by one character, so a place in the folded text is the same place in the cell. It
never repairs: characters that a cell shows to be damaged are named in :mod:`pfscore.cells.refusals.damage`.
"""

from __future__ import annotations

#: Traditional characters, each followed by its simplified form.
_TRADITIONAL = (
    "並并亂乱佈布佔占併并來来倉仓個个們们倫伦側侧偽伪傘伞備备傳传債债傷伤傾倾僑侨僱雇價价儀仪億亿儘尽償偿優优儲储兌兑兒儿內内兩两冊册凈净凍冻凱凯別别刪删則则剛刚創创劃划劇剧"
    "劉刘劍剑劑剂勁劲動动務务勝胜勞劳勢势勵励區区協协卻却厭厌厲厉參参員员問问啞哑啟启喚唤喪丧喬乔單单喲哟嗎吗嘆叹嘗尝噸吨嚇吓嚴严圍围園园圓圆圖图團团堅坚報报場场塊块塵尘墜坠"
    "墳坟壇坛壓压壘垒壞坏壩坝壯壮壺壶壽寿夠够夾夹奧奥奪夺奮奋婦妇媽妈孫孙學学宮宫實实寧宁審审寫写寬宽寵宠寶宝將将尋寻對对導导屆届層层屬属岡冈島岛峽峡崗岗嶺岭師师帳帐帶带幣币"
    "幫帮幹干幾几庫库廟庙廠厂廢废廣广廬庐廳厅張张強强彈弹後后徑径從从復复徵征徹彻恥耻惡恶惱恼愛爱慘惨慚惭慣惯慶庆憂忧憊惫憐怜憑凭憲宪應应懶懒懸悬懼惧戰战戲戏戶户拋抛掃扫掛挂"
    "揚扬換换揮挥損损搶抢撫抚擁拥擇择擊击擋挡擔担據据擠挤擬拟擴扩擾扰攔拦攜携攝摄攤摊敗败敘叙數数斂敛斬斩斷断於于時时暈晕暢畅暫暂曆历曉晓曠旷曬晒書书會会東东條条棄弃棗枣棟栋"
    "楊杨業业極极構构樂乐樓楼標标樞枢樣样樸朴樹树橋桥機机橫横檔档檢检欄栏權权歡欢歲岁歷历歸归殘残殲歼殺杀殼壳毀毁毆殴氣气決决沒没沖冲況况涼凉淒凄淚泪淨净減减測测渾浑湊凑湯汤"
    "準准溝沟溫温滅灭滬沪滯滞滲渗滾滚滿满漁渔漢汉漲涨漸渐潔洁潤润潰溃澆浇澤泽濁浊濃浓濕湿濟济濱滨濺溅濾滤瀏浏灑洒灘滩灣湾災灾為为烏乌無无煉炼煙烟煩烦熱热燒烧營营爐炉爭争爺爷"
    "爾尔牆墙牽牵犧牺狀状獄狱獅狮獎奖獨独獲获獵猎現现琺珐瑣琐瑪玛環环產产畝亩畢毕畫画異异當当疊叠瘋疯療疗發发皺皱盜盗盞盏盡尽監监盤盘盧卢眾众睜睁瞞瞒矚瞩矯矫確确碼码礎础礙碍"
    "礦矿禍祸禮礼稅税種种稱称穌稣積积穩稳窮穷竄窜竅窍競竞筆笔節节範范築筑簡简簽签籃篮籌筹糞粪糧粮糾纠紀纪約约紅红紋纹納纳純纯紗纱紙纸級级紛纷紡纺細细終终組组結结絕绝絡络給给"
    "統统絲丝綁绑經经綜综綠绿維维網网綿绵緊紧緒绪線线緣缘編编練练縛缚縣县縫缝縮缩總总績绩織织繞绕繡绣繪绘繳缴繼继續续纏缠纖纤罰罚罷罢羅罗義义習习翹翘聖圣聞闻聯联聰聪聲声聳耸"
    "聶聂職职聽听聾聋肅肃脅胁脈脉脫脱脹胀腦脑腫肿腳脚腸肠膚肤臉脸臘腊臨临臺台與与興兴舉举舊旧艙舱艦舰艱艰荊荆莖茎華华萬万葉叶蒼苍蔣蒋薦荐薩萨藍蓝藝艺藥药蘇苏蘋苹蘭兰處处號号"
    "虧亏蟲虫術术衛卫衝冲裏里補补裝装裡里製制複复襯衬襲袭見见規规覓觅視视親亲覺觉覽览觀观觸触訂订計计訊讯討讨訓训託托記记訪访設设許许訴诉診诊評评詞词詢询試试該该詳详誇夸認认"
    "語语誠诚誤误說说誰谁課课誼谊調调談谈請请諒谅論论諮咨謀谋謎谜謙谦謹谨證证識识譜谱議议護护譽誉讀读變变讓让讚赞豐丰貝贝負负財财貢贡貧贫貨货貪贪貫贯責责貳贰買买費费貼贴貿贸"
    "賀贺資资賓宾賜赐賞赏賠赔賢贤賣卖質质賬账賴赖賺赚購购贈赠贊赞贏赢贓赃趕赶趙赵踐践蹟迹躍跃車车軌轨軍军軒轩軟软較较載载輔辅輕轻輛辆輝辉輪轮輯辑輸输轄辖轉转辦办農农連连週周"
    "進进遊游運运過过達达遙遥遞递遠远適适遲迟遷迁選选遺遗遼辽邁迈還还邊边郵邮鄉乡鄭郑鄰邻醫医醬酱釀酿釋释釘钉針针鈔钞鈣钙鈴铃鉛铅銀银銅铜銘铭銳锐鋁铝鋒锋鋼钢錄录錢钱錦锦錯错"
    "鍋锅鍵键鎖锁鎮镇鏈链鏡镜鐘钟鐵铁鑑鉴鑒鉴鑿凿長长門门閃闪閉闭開开閒闲間间閘闸閥阀閱阅闊阔關关陣阵陰阴陳陈陸陆陽阳隊队階阶際际隨随險险雙双雜杂雞鸡離离難难雲云電电霧雾霽霁"
    "靈灵靜静頁页頂顶頃顷項项順顺須须預预頑顽頒颁頓顿頗颇領领頭头頻频顆颗題题額额顛颠類类顧顾顯显風风飄飘飛飞飢饥飯饭飲饮飼饲飽饱養养餘余館馆馬马馮冯馳驰駁驳駐驻駕驾駛驶騎骑"
    "騰腾騷骚驅驱驗验驚惊驟骤骯肮體体髮发鬥斗魚鱼魯鲁鮮鲜鯨鲸鳥鸟鳳凤鳴鸣鴨鸭鵝鹅鷄鸡鷹鹰鹽盐麗丽麥麦麵面麼么黃黄點点黨党齊齐齋斋齒齿齡龄齣出龍龙"
)

#: One sign, and the characters that officials' tables show in its place.
_SIGNS = {
    "≥": "≧⩾≽⪰≩",
    "≤": "≦⩽≼⪯≨",
    ">": "＞﹥›",
    "<": "＜﹤‹",
    "=": "＝═﹦",
    "≠": "≢",
    "-": "－–—−﹣‐‑‒―─━ー",
    "~": "～〜∼˜∽〰",
    "%": "％﹪٪",
    ":": "：∶﹕︰",
    "(": "（﹙❨",
    ")": "）﹚❩",
    "[": "［【〔",
    "]": "］】〕",
    ",": "，﹐",
    ";": "；﹔",
    "。": "｡",
    "、": "､﹑",
    "/": "／∕⁄",
    "·": "•・‧∙⋅",
    "×": "✕✖╳",
    "μ": "µ",
    "+": "＋﹢",
    "*": "＊﹡",
    "〇": "○◯",
    "°": "˚º",
    "¥": "￥",
    "Ω": "\u2126",
    "K": "\u212a",
}
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r"


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update({ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)})
    for sign, others in _SIGNS.items():
        table.update(dict.fromkeys(map(ord, others), sign))
    table.update(dict.fromkeys(map(ord, _SPACES), " "))
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """Return `text` with every character in its one spelling; the length stays the same.

    >>> fold("≧２６萬人")
    '≥26万人'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)


def fold_without_spaces(text: str) -> str:
    """Return a text folded and without spaces.

    >>> fold_without_spaces("萬元 ／ 每項目")
    '万元/每项目'
    """
    return "".join(fold(text).split())


def fold_words(text: str) -> str:
    """Return words folded, without spaces and closing punctuation.

    >>> fold_words("已 建成，投入使用。")
    '已建成,投入使用'
    """
    return fold_without_spaces(text).rstrip("。.;,!")
