"""Lines that each language's rules of setting have to do with."""

# In each language what its rules have to do with: dashes, figures, initials, marks in marks, long words.
SPECIMENS = {
    "ky": (
        "Мамлекеттик долбоорлордун натыйжалуулугун арттыруу жана жоопкерчилик",
        "А. Мамлекетов 2025-жылдын 22-августунда мындай деди: «Биз „Достук“ көпүрөсүн курабыз — анын "
        "узундугу 250 м, баасы 3 млрд сом». Жолдун 10 % даяр, ишке 12 500 адам тартылды. № 5 "
        "макулдашуу 2025–2030-жылдарга түзүлгөн; кызматташтыктарыбыздын жыйынтыктары ж. б. "
        "маалыматтар басма сөз кызматынын баракчасында жарыяланат.",
    ),
    "ru": (
        "Повышение ответственности при осуществлении межгосударственных проектов",
        "А. Мамлекетов заявил 22 августа 2025 г.: «Мы строим мост „Достук“ — его длина 250 м, цена — "
        "3 млрд сомов». Готово 10 % дороги, на ней работают 12 500 человек. Соглашение № 5 рассчитано "
        "на 2025–2030 гг.; сведения о ходе работ, стоимости и т. д. публикует пресс-служба.",
    ),
    "en": (
        "Raising the accountability of intergovernmental infrastructure projects",
        "A. Mamleketov said on 22 August 2025: “We are building the bridge called ‘Dostuk’ – it is "
        "250 m long and costs 3 billion soms.” Ten per cent of the road is ready, 12,500 people are "
        "at work. Agreement No. 5 covers 2025–2030; what came of it is published by the press office.",
    ),
}
