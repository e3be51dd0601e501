using Alignment.Data.Reports;

namespace Alignment.Data.Tests.Report;

/// <summary>Refusals, languages, damage: what counts and what does not.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("I'm sorry, but I can't help with that.", true)]
    [InlineData("I’m sorry, but I cannot assist with this request.", true)]
    [InlineData("As an AI language model, I cannot provide medical advice.", true)]
    [InlineData("Unfortunately, I am not able to share that information.", true)]
    [InlineData("I must decline.", true)]
    [InlineData("  I won't write that for you.", true)]
    [InlineData("죄송하지만 그 요청은 도와드릴 수 없습니다.", true)]
    [InlineData("죄송합니다. 그런 정보는 제공할 수 없습니다. 다른 것을 물어봐 주세요.", true)]
    [InlineData("I can't believe how good this is!", false)]
    [InlineData("I cannot stress enough that you should call 119.", false)]
    [InlineData("I'm sorry, I don't understand the question.", false)]
    [InlineData("Sure. Although I can't help with taxes, here is the recipe.", false)]
    [InlineData("죄송합니다만 조금 더 자세히 말씀해 주시겠어요?", false)]
    [InlineData("먼저 119에 신고하세요. 그다음 지혈하세요. 혼자서는 도울 수 없습니다.", false)]
    [InlineData("", false)]
    public void Refusals_begin_with_set_phrases(string text, bool refuses) => Assert.Equal(refuses, Refusals.IsRefusal(text));

    [Theory]
    [InlineData("The cat is on the table and it does not want to move.", "en")]
    [InlineData("Die Katze ist auf dem Tisch und sie will nicht weg.", "de")]
    [InlineData("Le chat est sur la table et il ne veut pas partir.", "fr")]
    [InlineData("El gato está en la mesa y no se quiere ir por nada.", "es")]
    [InlineData("지금 119에 전화하세요. AED를 찾으세요.", "ko")]
    [InlineData("猫はテーブルの上にいます。", "ja")]
    [InlineData("猫在桌子上。", "zh")]
    [InlineData("Кошка на столе.", "Cyrl")]
    [InlineData("القط على الطاولة", "Arab")]
    [InlineData("แมวอยู่บนโต๊ะ", "th")]
    [InlineData("Lorem ipsum dolor sit amet", "Latn")]
    [InlineData("12 + 30 = 42", "zxx")]
    [InlineData("", "zxx")]
    public void Languages_by_script_and_stop_words(string text, string language) => Assert.Equal(language, Languages.Of(text));

    [Fact]
    public void Damage_is_told_from_text()
    {
        Assert.True(TextFaults.HasControls("a\u0007b") && TextFaults.HasControls("a\u0000b") && TextFaults.HasControls("a\u009Db"));
        Assert.False(TextFaults.HasControls("tab\t, line\r\nend, next\u0085 line"));
        Assert.True(TextFaults.HasLoneSurrogate("x\uD83D") && TextFaults.HasLoneSurrogate("\uDE00x") && TextFaults.HasLoneSurrogate("\uD83D\uD83D\uDE00"));
        Assert.False(TextFaults.HasLoneSurrogate("😀😀, a"));
        Assert.True(TextFaults.HasMojibake("donâ€™t") && TextFaults.HasMojibake("cafÃ©"));
        Assert.False(TextFaults.HasMojibake("café – l’été, NÃO, Â"));
        Assert.True(TextFaults.HasMarkup("one<BR>two") && TextFaults.HasMarkup("a &amp; b"));
        Assert.False(TextFaults.HasMarkup("a < b > c & d"));
        Assert.True(TextFaults.HasTurns("Yes.\n\nHuman: and then?"));
        Assert.False(TextFaults.HasTurns("A Human: being"));
    }

    [Fact]
    public async Task Damaged_rows_are_found()
    {
        PreferencePair[] bad =
        [
            ReportData.Clean(900) with { Chosen = "Cut \uD83D" }, ReportData.Clean(901) with { Chosen = "Lost \uFFFD." },
                ReportData.Clean(902) with { Rejected = "Itâ€™s." },
            ReportData.Clean(903) with { Prompt = "Bell \u0007" }, ReportData.Clean(904) with { Chosen = "A<br>B" },
                ReportData.Clean(905) with { Chosen = "End.<|im_end|>" },
            ReportData.Clean(906) with { Rejected = "Yes.\n\nHuman: No?" }, ReportData.Clean(907) with { Prompt = "\n\nHuman: Hi\n\nAssistant:" },
        ];
        var report = await ReportData.Of([.. ReportData.Cleans(100), .. bad]);
        Assert.Equal([("D121", 100L), ("D122", 101), ("D123", 102), ("D124", 103), ("D126", 105), ("D127", 106), ("D125", 104)],
            report.Findings.Select(finding => (finding.Code, finding.Examples.Single().Row)));
        Assert.Equal("1 row holds U+FFFD, which stands for bytes that were no character.", report.Finding("D122").Message);
    }

    [Fact]
    public async Task Shapes_that_no_template_takes_are_found()
    {
        Transcript Chat(params ChatMessage[] messages) => new(messages);
        var (hello, answer) = (ReportData.User("hello there"), ReportData.Assistant("Good day."));
        PreferencePair Row(Transcript prompt, Transcript chosen) => new(prompt, chosen, Chat(ReportData.Assistant("Bad day.")));
        var report = await ReportData.Of(
            Row(Chat(hello), Chat(answer)),                                                  // 0: as it should be
            Row(Chat(new ChatMessage("system", "Be kind."), hello), Chat(answer)),           // 1: as it should be
            Row(Chat(new ChatMessage("human", "x")), Chat(answer)),                          // 2
            Row(Chat(hello, ReportData.User("again")), Chat(answer)),                        // 3
            Row(Chat(hello, ReportData.Assistant("What?")), Chat(ReportData.User("This."), answer)),   // 4: and the rejected one follows an assistant's message
            Row(Chat(hello), Chat(answer, ReportData.User("Thanks."))),                      // 5
            Row("plain", Chat(answer)),                                                      // 6
            new PreferencePair("  ", "a", "b"),                                              // 7
            new PreferencePair("Who?", "", "b"),                                             // 8
            new PreferencePair("Who else?", "a", "\n"));                                     // 9
        long[] Rows(string code) => [.. report.Finding(code).Examples.Select(row => row.Row)];
        Assert.Equal([[7], [8], [9], [2], [3, 4], [4], [5], [6]], ((string[])["D101", "D102", "D103", "D104", "D105", "D106", "D107", "D108"]).Select(Rows));
        Assert.Equal("1 row has a response that does not end with the assistant's message.", report.Finding("D107").Message);
    }

    [Fact]
    public async Task Refusals_and_languages_are_counted()
    {
        var rows = Enumerable.Range(0, 20).Select(i => ReportData.Clean(i) with
        {
            Chosen = i < 8 ? $"I'm sorry, but I can't help with that ({i})." : i < 12 ? $"먼저 창문을 여세요. 번호 {i}."
                : $"You should open the window and wait for it ({i}).",
            Rejected = $"You should close the door and go to bed ({i}).",
        });
        var report = await ReportData.Of(rows);
        Assert.Equal((0.4, 0, 0.4, 0), (report.Value("refusals", "chosen"), report.Value("refusals", "rejected"), report.Value("refusals",
            "chosenAlone"), report.Value("refusals", "rejectedAlone")));
        Assert.Equal("40.0 % of the chosen responses refuse.", report.Finding("D602").Message);
        Assert.Equal("In 8 pairs (40.0 %) the chosen response refuses and the rejected one answers.", report.Finding("D601").Message);
        Assert.Equal((0.2, 0.2), (report.Value("languages", "otherThanPrompt"), report.Value("languages", "differ")));
        Assert.Equal(4, report.Finding("D702").Rows);
        var mix = report.Section("languages")!.Tables[0];
        Assert.Equal([1, 0.8, 1], mix.Rows.Single(row => row.Name == "en").Values.Select(value => value!.Value));
        Assert.Equal([0, 0.2, 0], mix.Rows.Single(row => row.Name == "ko").Values.Select(value => value!.Value));
    }
}
