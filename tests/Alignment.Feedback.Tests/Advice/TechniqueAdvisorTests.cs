using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Alignment.Feedback.Tests.Advice;

public sealed class TechniqueAdvisorTests
{
    public static TheoryData<string, AdviceRequest, Technique> Table => new()
    {
        // The backbone: pairs or not, and how many.
        { "no pairs, two classes", Request(DataShape.Unpaired, 5000, desirable: 2500), Technique.Kto },
        { "no pairs, two classes, rules", Request(DataShape.Unpaired, 5000, desirable: 2500, goal: TrainingGoal.Rules), Technique.ConstitutionalAi },
        { "no pairs, all good", Request(DataShape.Unpaired, 5000, desirable: 5000), Technique.ConstitutionalAi },
        { "no pairs, all bad", Request(DataShape.Unpaired, 5000, desirable: 0), Technique.ConstitutionalAi },
        { "no pairs, classes not counted", Request(DataShape.Unpaired, 5000), Technique.Kto },
        { "demonstrations", Request(DataShape.Demonstrations, 5000), Technique.ConstitutionalAi },
        { "prompts", Request(DataShape.Prompts, 50_000), Technique.ConstitutionalAi },
        { "one pair", Request(DataShape.Pairs, 1), Technique.Dpo },
        { "pairs just below", Request(DataShape.Pairs, 9_999, gpu: 1000), Technique.Dpo },
        { "pairs just enough", Request(DataShape.Pairs, 10_000, gpu: 1000), Technique.Ppo },
        { "many pairs, rules", Request(DataShape.Pairs, 100_000, gpu: 1000, goal: TrainingGoal.Rules), Technique.Ppo },
        { "many pairs, no accelerator", Request(DataShape.Pairs, 100_000, memory: 1000), Technique.Dpo },
        // Three models that are only read: 7e9 x 3 x 2 x 1.2 / 2^30 = 46.9 GiB.
        { "many pairs, accelerator just too small", Request(DataShape.Pairs, 100_000, gpu: 46.9), Technique.Dpo },
        { "many pairs, accelerator just large enough", Request(DataShape.Pairs, 100_000, gpu: 47), Technique.Ppo },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_branch_of_the_tree(string name, AdviceRequest request, Technique expected)
    {
        var advice = TechniqueAdvisor.Advise(request);
        Assert.True(expected == advice.Technique, $"{name}: {advice}");
        // The three others are rejected, each with a reason, and everything but arithmetic has its source.
        Assert.Equal(Enum.GetValues<Technique>().Where(one => one != expected), advice.Rejected.Select(one => one.Technique).Order());
        Assert.All(advice.Rejected, one => Assert.Contains("arXiv", one.Why.Source, StringComparison.Ordinal));
        Assert.Contains(advice.Reasons, reason => reason.Source is not null);
        Compile(advice.Code);
    }

    [Theory]
    [InlineData(null, null, "Loss = new DpoLoss { Beta = 0.1 }")]
    [InlineData(0.0, 0.5, "Loss = new DpoLoss { Beta = 0.1 }")]
    [InlineData(0.019, 0.59, "Loss = new DpoLoss { Beta = 0.1 }")]
    [InlineData(0.05, null, "Loss = new DpoLoss { Beta = 0.1, LabelSmoothing = 0.05 }")]
    [InlineData(0.25, null, "Loss = new RobustDpoLoss { Beta = 0.1, LabelSmoothing = 0.25 }")]
    [InlineData(0.5, null, "Loss = new RobustDpoLoss { Beta = 0.1, LabelSmoothing = 0.45 }")]
    [InlineData(null, 0.61, "Loss = new LengthDesensitizedLoss { Alpha = 0.5, Loss = new DpoLoss { Beta = 0.1 } }")]
    [InlineData(0.2, 0.3, "Loss = new LengthDesensitizedLoss { Alpha = 0.5, Loss = new RobustDpoLoss { Beta = 0.1, LabelSmoothing = 0.2 } }")]
    public void Noise_and_length_choose_the_loss(double? noise, double? auc, string loss)
    {
        var advice = TechniqueAdvisor.Advise(Request(DataShape.Pairs, 2000, noise: noise, auc: auc));
        Assert.Contains(loss + ",", advice.Code, StringComparison.Ordinal);
        Assert.Equal(noise >= 0.1, advice.Reasons.Any(reason => reason.Source == Papers.RobustDpo));
        Assert.Equal(auc is > 0.6 or < 0.4, advice.Reasons.Any(reason => reason.Source == Papers.LengthDesensitized));
        Compile(advice.Code);
    }

    [Theory]
    [InlineData(2000, 1000, "Loss = new KtoLoss { Beta = 0.1, DesirableWeight = 2 }")]          // ratio 0.5: 2 x 0.5 = 1
    [InlineData(400, 300, "Loss = new KtoLoss { Beta = 0.1, DesirableWeight = 1.34 }")]          // ratio 3/4: 4/3 = 1.33.. rounded up, 1.34 x 0.75 = 1.005
    [InlineData(1000, 1000, "Loss = new KtoLoss { Beta = 0.1 }")]
    [InlineData(3000, 4000, "Loss = new KtoLoss { Beta = 0.1 }")]                               // 4/3 itself
    [InlineData(1000, 3000, "Loss = new KtoLoss { Beta = 0.1, UndesirableWeight = 2.25 }")]     // ratio 3: 3 / 2.25 = 4/3
    public void Classes_are_weighed_into_the_range_of_the_paper(int undesirable, int desirable, string loss)
    {
        var advice = TechniqueAdvisor.Advise(Request(DataShape.Unpaired, undesirable + desirable, desirable: desirable));
        Assert.Contains(loss, advice.Code, StringComparison.Ordinal);
        Assert.Contains("BatchSize = 8", advice.Code, StringComparison.Ordinal);   // its KL is a mean over the batch
    }

    [Fact]
    public void Memory_decides_between_all_weights_and_adapters()
    {
        // 1e9 x (16 + 2) x 1.2 / 2^30 = 20.1 GiB for all weights, 1e9 x 2 x 1.2 / 2^30 = 2.2 with adapters.
        var whole = TechniqueAdvisor.Advise(Request(DataShape.Pairs, 6000, gpu: 20.2, billions: 1));
        Assert.False(whole.UsesLora);
        Assert.Contains("LearningRate = 5e-7", whole.Code, StringComparison.Ordinal);
        var adapters = TechniqueAdvisor.Advise(Request(DataShape.Pairs, 6000, gpu: 20.1, billions: 1));
        Assert.True(adapters.UsesLora);
        Assert.Contains("LearningRate = 5e-6", adapters.Code, StringComparison.Ordinal);
        Assert.Contains("new LoraOptions { Rank = 16, Alpha = 32 }", adapters.Code, StringComparison.Ordinal);
        Assert.Contains(adapters.Reasons, reason => reason.Text == "training all weights needs 20 GiB, and there are 20: adapters need 2");
        Assert.DoesNotContain(adapters.Warnings, warning => warning.StartsWith("Take", StringComparison.Ordinal));
        Assert.Contains("Take a smaller model: 1 billion weights need 2 GiB even with adapters, and there are 2.",
            TechniqueAdvisor.Advise(Request(DataShape.Pairs, 6000, gpu: 2, billions: 1)).Warnings);
    }

    [Theory]
    [InlineData(499, 0, "Epochs = 3", "BatchSize = 2", "GradientAccumulationSteps = 8", false)]
    [InlineData(999, 0, "Epochs = 3", "BatchSize = 2", "GradientAccumulationSteps = 16", false)]
    [InlineData(4_999, 24, "Epochs = 2", "BatchSize = 2", "GradientAccumulationSteps = 16", true)]
    [InlineData(5_000, 80, "Epochs = 1", "BatchSize = 8", "GradientAccumulationSteps = 8", true)]
    public void Rows_and_memory_make_the_run(long rows, double gpu, string epochs, string batch, string accumulation, bool isBf16)
    {
        var code = TechniqueAdvisor.Advise(Request(DataShape.Pairs, rows, gpu: gpu)).Code;
        Assert.All(new[] { epochs, batch, accumulation, "Folder = \"runs/dpo\"" }, part => Assert.Contains(part, code, StringComparison.Ordinal));
        Assert.Equal(isBf16, code.Contains("Bf16 = true", StringComparison.Ordinal));
    }

    [Fact]
    public void Warnings_say_what_comes_first()
    {
        var request = Request(DataShape.Pairs, 0, noise: 0.31);
        Assert.Equal(["Mend what the data report calls errors: D001.", "Get data: there are no rows.", "Have the data labelled again: more than three in ten labels seem flipped."],
            TechniqueAdvisor.Advise(request with { Data = request.Data with { Errors = ["D001"] }, BillionWeights = 0.1 }).Warnings);
        Assert.Contains("Measure the noise of the labels, which nobody did: have a part judged again.", TechniqueAdvisor.Advise(Request(DataShape.Pairs, 10)).Warnings);
        Assert.DoesNotContain(TechniqueAdvisor.Advise(Request(DataShape.Prompts, 10)).Warnings, warning => warning.StartsWith("Measure", StringComparison.Ordinal));
    }

    [Fact]
    public void As_text_it_reads_from_the_technique_to_the_code()
    {
        var text = TechniqueAdvisor.Advise(Request(DataShape.Pairs, 2000, noise: 0.05, memory: 200)).ToString();
        Assert.StartsWith("DPO\n  because 2,000 pairs are fewer than 10,000: DPO learns them directly, without a reward model or sampling (Rafailov et al. 2023, arXiv 2305.18290)\n", text, StringComparison.Ordinal);
        Assert.Contains("  not RLHF (reward model and PPO): a reward model of 2,000 pairs is soon over-optimised (Gao et al. 2022, arXiv 2210.10760)\n", text, StringComparison.Ordinal);
        Assert.EndsWith("};\n", text, StringComparison.Ordinal);
    }

    private static AdviceRequest Request(
        DataShape shape, long rows, long? desirable = null, double? noise = null, double? auc = null, double gpu = 0, double memory = 16,
        TrainingGoal goal = TrainingGoal.Preferences, double billions = 7) => new()
    {
        Data = new DataProfile { Shape = shape, Rows = rows, Desirable = desirable, Undesirable = rows - desirable, Noise = noise, LengthAuc = auc },
        Hardware = new TrainingHardware { GpuMemory = gpu, Memory = memory },
        Goal = goal,
        BillionWeights = billions,
    };

    // The compiler reads what is advised.
    private static void Compile(string code)
    {
        var source = $"using Alignment; using Alignment.Feedback; using Alignment.Losses; using Alignment.Models; using Alignment.Training;\n{code}";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("advised", [CSharpSyntaxTree.ParseText(source)], references, new(OutputKind.ConsoleApplication));
        Assert.Empty(compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one.ToString()));
    }
}
