"""The suggestion of a category: learned by scikit-learn, worked out without it."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.opinions.classifier import LONGEST_RUN, RUNS, train
from campaign.opinions.suggestions import learn, model_of, samples
from tests.opinions.given import entered

pytestmark = pytest.mark.item(59)


@pytest.fixture(scope="module")
def model():
    return train(samples())


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("子公司之间重复投标，建议统一市场。", "development"),
        ("关键设备老化，希望安排技术改造。", "development"),
        ("机关开会太多，报表重复要。", "work_style"),
        ("审批太慢，部门互相推诿。", "work_style"),
        ("食堂饭菜贵，夜班吃不上热饭。", "welfare"),
        ("宿舍暖气不热，澡堂没有热水。", "welfare"),
        ("离退休党员希望就近编组，送学上门。", "other"),
    ],
)
def test_plain_cases_are_suggested_rightly(model, text, category):
    assert model.suggest(text) == category


def test_nothing_is_suggested_for_nothing(model):
    assert model.suggest(" ") == ""
    assert model.suggest("ZZZZ") == ""


def test_most_samples_would_be_told_by_the_others():
    """Five folds: what is shipped is of use for what it has not seen."""
    pairs = list(samples())
    right = 0
    for fold in range(5):
        learned = train(pair for i, pair in enumerate(pairs) if i % 5 != fold)
        held = [pair for i, pair in enumerate(pairs) if i % 5 == fold]
        right += sum(max(p := learned.probabilities(text), key=p.get) == code for text, code in held)
    assert right / len(pairs) > 0.7  # four categories: chance would be under 0.3


@pytest.fixture(scope="module")
def reference():
    """What scikit-learn itself says, trained on the same."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    texts, codes = zip(*samples(), strict=True)
    cut = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST_RUN), max_features=RUNS, sublinear_tf=True)
    with threadpool_limits(1):
        line = LogisticRegression(C=10, max_iter=300, class_weight="balanced").fit(cut.fit_transform(texts), codes)
    return lambda text: dict(zip(line.classes_, line.predict_proba(cut.transform([text]))[0], strict=True))


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from("开会班车设备食堂党员。，  aB"), min_size=1, max_size=30))
def test_it_agrees_with_scikit_learn(model, reference, text):
    assert model.probabilities(text) == pytest.approx(reference(text), abs=2e-3)


def test_two_categories_are_enough():
    learned = train([("开会多", "a"), ("开会长", "a"), ("班车少", "b"), ("班车远", "b")])
    assert (learned.suggest("开会"), learned.suggest("班车")) == ("a", "b")


@pytest.mark.django_db
def test_a_unit_s_own_sorting_is_learned(cast, campaign):
    unit = cast.unit["E01-A"].pk
    entered(cast, campaign, n=30, category="other")  # "建议改进流程"
    assert learn(campaign, unit).suggest("第9条：建议改进流程") == "other"
    kept = model_of(campaign, unit)
    assert kept.suggest("第9条：建议改进流程") == "other"
    assert model_of(campaign, None) is None


def test_web_pages_do_not_load_scikit_learn():
    told = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup(); "
    told += "import config.urls, campaign.opinions.views.sorting, campaign.opinions.tasks, sys; "
    told += "print('sklearn' in sys.modules, 'numpy' in sys.modules, 'scipy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False", "False"]
