"""How authors label code as wrong or right, in English and Russian: one phrase a line.

A phrase is a regular expression in which a blank stands for any blanks, and a word in capitals for one of
`PARTS`. `ENDS` excludes talk about data: the phrase must be over, or be followed by since when it holds.
"""

PARTS = {
    # Python takes ten times as long to compile one class that mixes ASCII and other signs.
    "ENDS": r"(?=\s*(?:$|[:.,;!?()]|—|–|-\s|--|→|[-=]>|SINCE))",
    "SINCE": r"(?:in|on|since|under|with|from|for|в|на|с|для)\s+(?:pandas|python|нов|v?\d+\.\d|modern)",
    "NOUN": r"(?:way|approach|code|example|practice|idea|style|pattern|habit|usage|syntax|solution|attempt)",
    "THING": r"(?:code|line|loop|snippet|block|example|assignment)(?: (?:below|above))?",
    "ВЕЩЬ": r"(?:код|вариант|способ|пример|подход|стиль|синтаксис|при[её]м|практика|идея|решение|паттерн)",
    "ERROR": r"`?[\w.]*(?:Error|Exception|Warning)\b",
    "VERSION": r"(?:\.[\dx]+)*",
    # "In pandas 2 and 3" is about both.
    "ALONE": r"(?!\s*(?:and|or|и|или|[/,&–-])|[\d.])",
    # At most three more words.
    "BRIEFLY": r"[:,)]?(?:\s+\S+){0,3}[\s:.!?)]*$",
    "NUMBERED": r"(?:\s+[#№]?\s?\d+)?",
    "WHAT": r"(?:this|that|it|so|like|chained|in\s?place)\b",
    "LAST": r"(?:\s+(?:in|в)\s+pandas\s+\d[\w.]*)?\s*:?$",
}

OLD_PANDAS = r"""
    pandas\s*(?:<=?|≤)\s*[0-3]VERSION
    (?:before|until|prior to|older than|до) pandas\s*[0-3]
    pre-?3\b
    (?:(?:in|with|on|under|в|для|на) )?(?:old(?:er)? )?pandas\s*[0-2]VERSIONALONE
"""
NEW_PANDAS = r"(?:(?:in|since|в|с) )?pandas\s*(?:>=?|≥)?\s*3VERSION\+?(?![\d.])"

# How a comment, a sentence or a heading begins that labels code as wrong.
LABELS_WRONG = r"""
    (?:wrong|bad|incorrect(?:ly)?|broken|buggy|invalid|unsafe|dangerous|risky)NUMBEREDENDS
    (?:deprecated|obsolete|outdated|legacy|old|removed)ENDS
    (?:mistake|error|bug|pitfall|gotcha|trap|anti-?\s?pattern)NUMBEREDENDS
    (?:avoid|never|don't|do not|no|nope|fails|crashes|breaks)ENDS
    not (?:ok|okay|allowed|recommended|good|safe|correct|right|working|possible)ENDS
    (?:wrong|bad|incorrect|broken|buggy|naive|unsafe|dangerous) NOUN(?:ENDS| (?:to|of)\b)
    (?:deprecated|obsolete|outdated|old|legacy) NOUN(?:ENDS| (?:to|of)\b)
    old(?:-style)? pandas\b
    pandas 2 (?:style|way|only|code)\b
    (?:please )?(?:don't|do not|never) (?:ever |just )?(?:do|use|write|try|copy|chain|repeat) WHAT
    avoid (?:doing|writing|WHAT)
    (?:how|what) not to\b
    will (?:fail|break|crash|raise|not work)(?:ENDS| (?:in|on|with|under) )
    (?:what |this )?used to (?:work|be|do|write)\b
    удал[её]н[оаы]?(?:ENDS| (?:в|из|с) )
    (?:(?:will )?raises?|throws?|gives?|fails with|→|->|=>) (?:an? )?(?:ERROR|error\b|exception\b)
    ERROR`?ENDS
    (?:неправильно|неверно|некорректно|плохо|нельзя|ошибка|ошибочно|анти-?паттерн)NUMBERED(?:ENDS| на )
    (?:раньше|устарел[ои]?|опасно|никогда|запрещено|сломано|по-старому|избегайте|нет)ENDS
    (?:упад[её]т|сломается)(?:ENDS| на )
    не (?:надо|нужно|так|рекомендуется|(?:делай|пиши|используй)(?:те)?)ENDS
    (?:неправильн|неверн|некорректн|плох|ошибочн|опасн|устаревш|стар|небезопасн)(?:ый|ое|ая|ой|ий) ВЕЩЬENDS
    раньше (?:так|писали|делали|работало|можно|было|в )
    как не (?:надо|нужно|стоит|следует)
    (?:вызовет|бросит|выбросит|вызывает|бросает|даст|упад[её]т с) (?:ошибк|исключени|ERROR)
"""
LABELS_RIGHT = r"""
    (?:right|correct(?:ly)?|good|better|best|proper(?:ly)?|valid|safe|idiomatic|recommended|preferred)ENDS
    (?:fixed|the fix|fix|solution|instead|works?|ok|okay|yes|new|now|modern|do|do this|do it)ENDS
    (?:right|correct|good|better|best|proper|safe|fixed|idiomatic) NOUN(?:ENDS| (?:to|of)\b)
    (?:new|modern|recommended|preferred) NOUN(?:ENDS| (?:to|of)\b)
    works (?:everywhere|in|on|with|as)\b
    use \S
    instead (?:of|use)\b
    rather than\b
    (?:правильно|верно|корректно|хорошо|можно|лучше|надо|нужно|теперь|безопасно|рекомендуется|работает)ENDS
    (?:исправлено|исправление|решение|по-новому|да)ENDS
    (?:правильн|верн|корректн|хорош|современн|нов|рекомендуем|безопасн|исправленн)(?:ый|ое|ая|ий) ВЕЩЬENDS
    используйте\b
    вместо\b
    теперь (?:так|пишем|надо|нужно)
"""
# Common words that are about the data as often as about the code.
WEAK_WRONG = "(?:before|previously|formerly|до|было)(?: the)?(?: migration)?ENDS"
WEAK_RIGHT = "(?:after|после|стало)(?: the)?(?: migration)?ENDS"

# Wrong wherever it occurs.
SAYS_WRONG = r"""
    (?:(?:do|does|did|will)(?:n't| not)|won't|no longer|never) works?(?:ENDS| any\s?more)
    (?:has|have) no effect
    silently (?:fails|ignored|does nothing|lost)
    worked (?:before|until|in pandas\s*[0-2])
    stopped working
    anti-?pattern
    (?:common|typical|frequent|classic|popular|beginner'?s?|rookie) (?:\w+ )?(?:mistake|pitfall|trap)\b
    анти-?паттерн
    не (?:будет )?(?:сработает|работает|работать)ENDS
    больше не (?:работает|поддерживается)
    так (?:\w+ ){0,2}(?:нельзя|не (?:надо|нужно|стоит|делайте|пишите|работает|получится|рекомендуется))
    не (?:делай|пиши|используй|повторяй|копируй)(?:те)? (?:так|этого|это|такого)\b
    (?:типичн|част|распростран[её]нн|классическ)ая ошибка
    ничего не (?:из)?менит
    нет эффекта
    изменения (?:по)?теряются
"""
# Wrong or right in a sentence, which has room for a whole phrase.
TELLS_WRONG = r"""
    (?:wrong|incorrect|bad|old|deprecated|naive|broken|legacy|outdated) NOUN
    (?:get|gets|got|do|does|did) (?:it|this|that) wrong\b
    (?:is|are) (?:now )?broken(?: now)?ENDS
    (?:don't|do not|never) (?:do|write|use) (?:this|that|it)\b
    (?:older|old|earlier|previous) versions? of pandas
    (?:this|that|it|they|these|THING) (?:is|are|was) (?:wrong|incorrect|broken|deprecated)ENDS
    (?:this|it|that|THING) (?:fails|breaks|crashes|raises (?:an? )?\S+)LAST
    (?:стар|прежн|предыдущ)\w+ верси\w+ pandas
    (?:упад[её]т|сломается|не сработает|(?:вызовет|выдаст) ошибку)LAST
    (?:привед[её]т|приводит) к ошибкеLAST
    получ(?:им|ите|ишь|аем) (?:ошибку|исключение|ERROR)LAST
    (?:вызовет|выбросит|бросит|поднимет|вызывает|выбрасывает) исключениеLAST
    \b(?:так|это|здесь|ВЕЩЬ)(?: ниже)?(?:\s*[—–-])?(?: \w+){0,2} (?:неправильно|неверно|плохо|нельзя)ENDS
    \b(?:неправильн|плох)\w+ ВЕЩЬENDS
"""
TELLS_RIGHT = r"""
    (?:right|correct|better|proper|new|recommended|fixed) NOUN
    \binstead\b(?! of)
    \bfixed\b
    \bправильн(?:о|ый|ая|ое)\b(?! ли)
    вместо этого
    исправ(?:им|ленн|ляем)
    (?:теперь|лучше) (?:так|писать)
    (?<!broken\s)(?<!fails\s)(?<!crashes\s)(?:теперь|now)\s*:?$
"""
# Headings that name the wrong way without the right one.
HEADINGS_WRONG = r"""
    (?:common|typical|frequent|classic|popular) (?:\w+ )?(?:mistake|pitfall|trap)(?:\s*[:—–-].*)?$
    (?:типичн|част|распростран[её]нн|классическ)ая ошибка(?: \w+)?(?:\s*[:—–-].*)?$
    так (?:\w+ )?(?:нельзя|не (?:надо|нужно|стоит|делайте|пишите|работает|получится))[.!]?$
"""
# Names what is replaced, without the replacement: "Instead of this:", "Вместо этого кода:".
CONTRASTS = r"""
    (?:instead of|rather than)\b(?!.*\b(?:use|write|do|try|call|pass|put|prefer|fill)\b)[^,:]{0,60}:?$
    вместо (?!этого\s*:?$|.*\b(?:(?:на|в)?пиш|использ|примен|с?дела|лучше|(?:под|в)?став|вызыв))[^,:]{0,60}:?$
"""
# Advice ends the effect of a heading on the code below it, and says nothing else.
ADVICE = r"""
    \buse\b
    \bfix\b
    используйте
"""
# In a heading these name what is to be fixed; in a comment they label code.
TROUBLES = r"""
    (?:error|bug|ошибка|no|нет|never|removed|fails|crashes|breaks|solution|решение|fix|исправление)ENDS
    ERROR`?ENDS
"""
