"""What each part of the source documents says, counted from the documents: figures, names, words.

Each must stand, in the words or figures given here, on a page that the register names for the part.
"""

from __future__ import annotations

from collections.abc import Mapping

SAID: Mapping[str, tuple[str, ...]] = {
    # lost on the way
    "X1": (
        "whose signs, boxes and values are partly lost",
        "Unit, quadrant and direction are declared",
    ),
    "X2": ("The signs # and % stood in the brackets of slide 21", "% quality of effect"),
    "X3": ("The dash in “16 to 19” and the star of “A*” are lost", "five GCSEs at A* to C"),
    "X4": ("Build up the +1’s", "Printed “11s”", "Many 1's"),
    "X5": ("“4th 19th November 2010”", "they may be two days or a span"),
    "X6": ("CAHMS", "the intervention a difference", "10 16 year olds"),
    "X7": ("Coventry Data Book", "picture that is lost", "Hutchinson mentions rebound"),
    "X8": ("Unit, quadrant and direction are declared",),
    "X9": ("H, M and L as high, medium and low scenarios", "Is this OK?"),
    "X10": ("behind a link that leads nowhere", "begins a list of further functions that is lost"),
    "X11": ("Number of pregnant women registered with CC", "The row is empty in the source"),
    "X12": ("Called a “number” in the source", "Called “No of” in the source", "prints no unit"),
    "X13": ("33 slides, 34 said", "25 slides, 26 said", "19 June 2003"),
    # frameworks, steps, drivers, places
    "F1": (
        "Being healthy", "Staying safe", "Enjoying and achieving", "Making a positive contribution",
        "Economic well-being",
    ),
    "F2": (
        "Having an active say", "Growing up healthy", "Being emotionally secure and confident",
        "Succeeding at school", "Playing safely", "Staying out of trouble",
        "Living in a safe place",
        "Having the opportunity to succeed in their dreams", "this book's own judgement",
    ),
    "F3": (
        "Health and emotional well-being", "Quality of life", "Making a positive contribution",
        "Exercising choice and control", "Freedom from discrimination and harassment",
        "Economic well-being", "Personal dignity and respect", "Effective leadership",
        "Effective commissioning", "enablers",
    ),
    "F4": (
        "A prosperous economy", "A clean environment", "Healthy and safe communities",
        "Children ready for and succeeding in school",
        "Parents and other adults healthy and self-sufficient",
        "Older people living with dignity", "in a setting of their own choice",
    ),
    "F5": (
        "Inter-agency governance", "Integrated strategy", "Integrated processes",
        "Integrated people",
        "Leadership at every level", "Involvement of children and young people", "Shared vision",
        "Department for Education and Skills",
    ),
    "F6": (
        "collaboration", "systems reform", "service integration", "devolution", "funding pools",
        "From ends to means", "the customer's result",
    ),
    "F7": (
        "Agree the outcomes you want", "Decide how to measure", "Draw up the data",
        "Create community boards", "Find new partners", "Agree priorities", "Build up the +1’s",
        "Think from the child’s viewpoint", "Develop champions", "Aim for the tipping point",
    ),
    "F8": (
        "Laming inquiry", "HM Treasury, 2003", "Modernising Social Services", "Best Value",
        "National Service Framework", "Children Act 2004, section 11", "Working Together 2010",
        "prevention, proactive work, reactive work", "narrower gap", "families and parenting",
        "earlier intervention and effective protection",
    ),
    "F9": ("Kruidenbuurt", "Tilburg", "New Zealand", "Coventry"),
    # the method and its language
    "B1": ("population accountability", "performance accountability", "contributes to"),
    "B2": ("history of a figure together with a forecast", "not merely better than last year"),
    "B3": ("A rebound is a lead on the forecast that has since been lost, wholly or by half",),
    "B4": (
        "benchmark, result, outcome, goal, indicator, objective, measure, target",
        "measurable, core, urgent, qualitative, priority, programmatic, targeted, performance,"
        " incremental, strategic, systemic", "Measurable urgent systemic indicators",
        "Common language, common sense, common ground",
    ),
    "B5": (
        "a condition of well-being for children, adults, families or communities",
        "rate of low-birthweight babies", "crime rate, air quality index, unemployment rate",
        "how much did we do, how well did we do it, is anyone better off?",
    ),
    "B6": (
        "Safe community", "Crime rate", "Average police response time",
        "A community without graffiti", "% of surveyed buildings without graffiti",
        "% of people with living wage jobs and income",
        "% of participants in job training who get living wage jobs",
    ),
    "B7": (
        "Least important", "Second most important", "Third", "Most important",
        "clients or customers served, and activities, by type of activity",
    ),
    "B8": (
        "How many nurses appointed since 1997?", "Reduction in Waiting Times",
        "Percentage of patients saying their health has improved",
        "Number of fatalities within 2 months of operation",
    ),
    "B9": (
        "Number of persons treated", "Percent of staff with training/qualification",
        "12 months after discharge", "12 months after exit",
    ),
    "B10": ("Turning the Curve Toolkit", "everychildmatters.gov.uk/resources-and-practice/EP00201"),
    "B11": ("Performance Measures Against the Portsmouth 8 Baseline", "no measure"),
    "B12": (
        "Secondary school", "Primary schools", "Sure Start", "Faith community",
        "Playgroups and childminders", "Dieticians", "“Trained” parents", "Children’s video",
        "Schools meal service", "Co-op", "University", "Portsmouth Football Club",
        "Health visitors", "Public health consultant", "Chief executive of the primary care trust",
        "etc.",
    ),
    # sets of measures: every one as printed is proved by test_programmes; here, what is odd of them
    "Q1": ("increase of children and young people who have suffered", "No measure."),
    "Q2": ("reduction of children with CP Plans", "delivered in a respectful and timely manner"),
    "Q3": ("Number of Children seen by Team", "No. of permanent exclusions", "of pupils with"),
    "Q4": ("No. mentors recruited", "Unit cost per mentor", "YP matched within 30 days"),
    "Q5": ("Number of meetings", "Financial management", "Progress on business plan"),
    "Q6": ("ICPCs held in 15wdays", "Children are safer", "per category/need"),
    "Q7": ("Tell Us survey", "eg teenage pregnancy", "obesity", "the curve had turned on Top 2"),
    "Q8": ("Rapid Response Protocol", "targeted CAMHS", "repeat attendances in AE"),
    # Plymouth
    "P1": (
        "The Children's Society", "Barnardo's", "Two local voluntary or community organisations",
        "4Children", "One federation of schools", "One nursery school", "The local authority",
        "70% area, 4; 30% area, 2", "17 centres: 30% area, 11; 70% area, 6", "each would give 20",
    ),
    "P2": (
        "Reducing the inequality gap", "Improving levels of achievement", "Tackling child poverty",
        "best possible start to life", "Children and Young People's Plan 2011-14",
        "Early Years Strategic Plan 2011-14",
    ),
    "P3": ("a new way of working right from the start", "incentive to develop its data"),
    "P4": (
        "in all 17 centres", "in four centres", "An increase in breastfeeding at 6 to 8 weeks",
        "free school meals",
    ),
    "P5": (
        "44.7% 45.9% 47.0%", "34% 37.5% 35.3%", "−10.7 −8.4 −11.7", "73% 76% 77%",
        "68% 71% 74%", "77% 81% 80%", "+9 +10 +6",
    ),
    "P6": (
        "Number of women enrolling on the GE programme", "Number of women completing GE programme",
        "Number of 1 to 1 Breast feeding support phone contacts offered to women",
        "The unit changes here from women to contacts",
        "The unit changes here from contacts to mothers", "[x] not available",
    ),
    "P7": (
        "No. of women completing Great Expectations courses",
        "support with Breastfeeding in the post natal period 0-6 weeks",
        "No. of referrals to stop smoking services", "How much did we do?",
        "still breastfeeding at 6 to 8 weeks",
    ),
    "P8": (
        "of 188 pregnant women in reach, the target for the year is 38", "1 16 40% of 38",
        "2 23 60% of 38", "3 31 80% of 38", "4 38 100% of 38", "14 14 0 0 £0", "8 22 1 +1 £672",
        "10 32 3 +2 £1,344", "5 37 3 0 £0", "3 of 4 points", "38 is 20% of 188",
    ),
    "P9": (
        "£80,000", "£672", "£79,968", "17 × 7 = 119 points", "£137,088", "£57,088", "71% of the",
        "58% of its points", "Financial risk", "2013/14", "£2,016",
    ),
    "P10": ("Annual conversation", "Four quarterly review meetings", "Agreement of the reward"),
    "P11": (
        "1. Clear governance", "2. Better data", "3. Better sharing", "4. Better quality",
        "5. Better assessment",
    ),
    "P12": ("joint referral form", "Named maternity booking data", "Live birth data"),
    "P13": ("Contract Management Framework", "E-Start", "qualitative data", "where possible"),
    "P14": ("Schedule of Growing Skills and Thrive", "quality assurance group", "Prompt payments"),
    # Luton
    "U1": (
        "ensure outcomes are better than they would otherwise be", "Setting quality standards",
        "Setting objectives and targets", "Managing information", "Monitoring performance",
        "Reporting performance", "Equipping individuals", "Informing and empowering",
        "Raising standards", "Continuous and sustainable development", "Involvement",
        "Manageability", "Equity",
    ),
    "U2": (
        "Modernising Social Services", "Best Value", "overall accountability", "Working Together",
    ),
    "U3": ("one-to-one meetings", "questionnaire", "frontline", "Quarterly Performance Report"),
    "U4": (
        "objective of the business plan", "How will it be done", "components", "expertise",
        "consulted", "resources", "quality be assured", "overall and for each component",
        "Signing off an action is not the end", "deleted in January 2012",
    ),
    "U5": (
        "Section 11 self audits", "Performance reporting and performance indicators",
        "Single agency (focussed) audits", "Multi agency practice audits", "Themed reviews",
        "Serious case reviews", "Child death overview panel",
    ),
    "U6": (
        "Senior management commitment", "Clear statement of responsibility",
        "Clear line of accountability", "Service development", "Staff training",
        "Recruitment, vetting", "Interagency working", "Information sharing",
        "Eastern Region Safeguarding Standards", "Third Sector", "Compliance is mandatory",
    ),
    "U7": ("at least 95% of target", "at least 90%", "less than 90%", "no target to compare"),
    "U8": ("Vital Signs", "No thresholds are known"),
    "U9": ("a continual process", "Quality Assurance Sub Group", "third person"),
    "U10": ("Independent Reviewing Officer", "SMART", "held accountable"),
    "U11": ("Local practice", "Experience of users", "research", "Case reviews", "stakeholders"),
    "U12": ("Recommendations lead to actions that are SMART", "Serious Case Review Group"),
    "U13": ("Rapid response", "An overview of all child deaths", "Every six months", "Every year"),
    # Herefordshire
    "H1": ("Monitoring the implementation of the JAR Improvement Plan", "PSA targets", "Minister"),
    "H2": (
        "Interim report on current strengths", "Options analysis",
        "Implementation plan for the new",
        "Final report on effectiveness", "not currently commissioned", "Audit Commission",
    ),
    "H3": (
        "at each meeting", "Development of services for disabled children", "workforce strategy",
    ),
    "H4": ("so that trends can be seen", "Actual numbers of children", "Analysis of the data",
           "figures of other relevant authorities", "Actual numbers", "Benchmark"),
    "H5": (
        "September 2006", "October 2006", "November 2006", "December 2006", "January 2007",
        "March 2007", "Prince 2", "The agenda and notes of the IPC project board",
        "Details of progress",
    ),
    "H6": (
        "Compliance with Prince 2", "completed on time with evidence", "Better collation",
        "evidence that it is resourced", "risk log", "numerical milestones",
    ),
    "H7": (
        "175 220 79.5%", "49 65 75.4%", "70.1 75 93.5%", "32.5 45 72.2%", "76 80 95.0%",
        "16.8 17 98.8%", "90.7 93 97.5%", "100% 100% 100.0%", "Up to 50% Up to 75% [z]",
        "89.5% [c] 100% 89.5%", "£2.69M £2.83M 95.1%", "63 70 90.0%", "[x] 160 [z]", "[x] 40 [z]",
        "11.6 15.3 75.8%", "8.7 8.0 91.3%", "16.7 5.0 −134.0%", "93.2 92.0 101.3%",
        "CH 141", "CH 143", "DIS 1704", "CH 145", "CF/ C64", "CH 01", "C19", "Local PI OT",
        "SC 5026", "SC 5037", "recommendations 13, 14 and 15 have no measure, action or report",
    ),
    # contradictions and open questions
    "D1": ("enablers",),
    "D2": ("A rebound is a lead on the forecast",),
    "D3": ("The number is printed “after discharge”, the percentage “after exit”",),
    "D4": ("Population figures that the source puts among the measures",),
    "D5": ("Printed as an increase that would be welcome",),
    "D6": ("Where a source prints a “reduction in” something, the level is carried",),
    "D7": ("No number can be put to it as it stands: it is an outcome",),
    "D8": ("A measure has one place in a service",),
    "D9": ("there is no share into this stage", "there is no share out of that stage"),
    "D10": ("119 points come to £79,968", "£672.27", "Points once earned are not taken back",
            "from the budget of 2013/14"),
    "D11": ("the measure counts mothers after birth", "37 is no share of the 188"),
    "D12": ("37 of 38 is 97.4% of the target", "3 of 4"),
    "D13": ("The source gives no scale",),
    "D14": ("2 less the figure divided by the target", "it would be 91.95%", "29.9%"),
    "D15": ("A target of zero",),
    "D16": ("before any rounding", "exactly 95% of 80", "exactly 90% of 70"),
    "D17": ("any figure inside it is green", "Where neither way is better, there is no colour"),
    "D18": ("of all unexpected deaths, the list below it of all deaths",),
    "D19": ("The target of 92.0 is worse than the baseline of 93.2",),
    "D20": ("they make another percentage", "the counts are withheld"),
    "D21": ("“Up to” is a limit and not a figure",),
    "D22": ("Within 7 days here", "10 working days", "figures of the two cannot be joined"),
    "D23": (
        "Called a “number” in the source; the figure is a rate", "Called “No of” in the source",
    ),
    "D24": ("not currently commissioned", "Not commissioned"),
    "D25": ("five levels, and two functions that the source does not count",),
    "D26": ("The file keeps the date and author of its template",),
}  # fmt: skip
