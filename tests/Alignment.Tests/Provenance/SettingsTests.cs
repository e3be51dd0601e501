using System.Collections;
using Alignment.Losses;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Tests.Provenance;

public sealed class SettingsTests
{
    [Fact]
    public void All_settings_of_a_DPO_run()
    {
        var options = new DpoOptions
        {
            Loss = new DpoLoss { Beta = 0.25, Divergence = new AlphaDivergence { Alpha = 2 } },
            Run = new RunOptions { MaxSteps = 100 },
            Optimizer = new OptimizerOptions { LearningRate = 5e-7, Schedule = LearningRateSchedule.Cosine },
        };
        var settings = Settings.Of(options);
        (string, string)[] expected =
        [
            ("Loss", "DpoLoss"), ("Loss.Beta", "0.25"), ("Loss.Divergence", "AlphaDivergence"), ("Loss.Divergence.Alpha", "2"), ("Loss.LabelSmoothing", "0"),
            ("Optimizer.Beta1", "0.9"), ("Optimizer.Beta2", "0.999"), ("Optimizer.Epsilon", "1e-8"), ("Optimizer.LearningRate", "5e-7"), ("Optimizer.MaxGradNorm", "1"),
            ("Optimizer.Schedule", "Cosine"), ("Optimizer.WarmupRatio", "0"), ("Optimizer.WarmupSteps", "0"), ("Optimizer.WeightDecay", "0"),
            ("Run.BatchSize", "8"), ("Run.Epochs", "1"), ("Run.GradientAccumulationSteps", "1"), ("Run.LoggingSteps", "10"), ("Run.MaxSteps", "100"), ("Run.Seed", "42"), ("Run.Shuffle", "true"),
        ];
        Assert.Equal(expected, settings.Where(setting => IsKnown(setting.Key)).Select(setting => (setting.Key, setting.Value)));

        // Options that come later are other tests' business.
        bool IsKnown(string name) => expected.Any(entry => entry.Item1 == name);
    }

    [Fact]
    public void Losses_in_losses_are_taken_apart()
    {
        using var loss = new LengthDesensitizedLoss { Alpha = 0.75, Loss = new WeightedSumLoss((0.8, new DpoLoss()), (0.2, new IpoLoss { Normalization = IpoNormalization.Summed })) };
        Assert.Equal(
            [
                ("Alpha", "0.75"), ("Loss", "WeightedSumLoss"), ("Loss.Losses[0]", "DpoLoss"), ("Loss.Losses[0].Beta", "0.1"), ("Loss.Losses[0].Divergence", "ReverseKl"),
                ("Loss.Losses[0].LabelSmoothing", "0"), ("Loss.Losses[1]", "IpoLoss"), ("Loss.Losses[1].Beta", "0.1"), ("Loss.Losses[1].Divergence", "ReverseKl"),
                ("Loss.Losses[1].Normalization", "Summed"), ("Loss.Weights", "[0.8, 0.2]"),
            ],
            Settings.Of(loss).Select(setting => (setting.Key, setting.Value)));
    }

    [Fact]
    public void What_only_changes_what_is_shown_or_saved_may_change()
    {
        var options = new SftOptions();
        Assert.Equal(
            [
                "Run.Checkpoints.Folder", "Run.Checkpoints.Resume", "Run.Checkpoints.SaveSteps", "Run.Checkpoints.SaveTotalLimit", "Run.Checkpoints.SavesAtEnd",
                "Run.DryRun", "Run.Evaluation.Answers.Count", "Run.Evaluation.Answers.MaxNewTokens", "Run.Evaluation.Answers.StopIds", "Run.LoggingSteps", "Run.Tokenizer",
            ],
            Settings.Of(options).Keys.Except(Settings.BindingOf(options).Keys));
    }

    [Fact]
    public void Every_kind_of_value_has_one_text()
    {
        Assert.Equal(
            [
                ("Array", "[1, 2]"), ("Enum", "Cosine"), ("Flag", "false"), ("Floats", "[]"), ("Function", "a function"), ("Groups[1,5]", "ForwardKl"), ("Groups[b]", "AlphaDivergence"), ("Groups[b].Alpha", "0.5"), ("Large", "1e20"), ("Map", "[1,5: 2, b: 1]"), ("Missing", "not set"),
                ("Nan", "NaN"), ("Negative", "-0"), ("Single", "0.1"), ("Small", "1.5e-7"), ("Text", "a, 'b'"), ("Texts", "['a, b', 'it''s']"), ("Time", "1.02:03:04"), ("Whole", "-1234567"),
            ],
            Settings.Of(new Values()).Select(setting => (setting.Key, setting.Value)));
    }

    [Fact]
    public void Groups_that_contain_themselves_are_refused()
    {
        var loop = new Loop();
        loop.Next = loop;
        Assert.StartsWith("Next.Next.Next.Next.Next.Next.Next.Next.Next: settings may be nested 8 deep at most; do they contain themselves?", Assert.Throws<ArgumentException>(() => Settings.Of(loop)).Message, StringComparison.Ordinal);
    }

    /// <summary>Every record of options and every loss of the assembly: no property that can be written, and no argument of a constructor, is without a text.</summary>
    [Fact]
    public void Every_option_of_the_assembly_is_covered()
    {
        var types = typeof(Settings).Assembly.GetExportedTypes().Where(IsGroup).ToList();
        Assert.True(types.Count > 30, $"Only {types.Count} types were found.");
        foreach (var type in types)
        {
            var settings = Settings.PropertiesOf(type).ToList();
            foreach (var property in settings) Assert.True(IsDescribed(property.PropertyType), $"{type.Name}.{property.Name} of type {property.PropertyType}");
            var names = settings.Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var parameter in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Where(parameter => parameter.ParameterType != type))
                Assert.True(names.Contains(parameter.Name!) || (type == typeof(WeightedSumLoss) && names.IsSupersetOf(["Weights", "Losses"])), $"{type.Name}({parameter.Name})");
        }
    }

    private static bool IsGroup(Type type) =>
        !type.IsAbstract && !type.IsGenericType && (IsOptions(type) || type.Namespace == "Alignment.Losses" && IsLoss(type) || IsOfRl(type));

    private static bool IsOptions(Type type) => type == typeof(ParameterGroup) || type.Name.EndsWith("Options", StringComparison.Ordinal);

    private static bool IsLoss(Type type) => typeof(torch.nn.Module).IsAssignableFrom(type) || typeof(FDivergence).IsAssignableFrom(type);

    // Parts of options that Rl brings along.
    private static bool IsOfRl(Type type) => typeof(Alignment.Rl.KlEstimator).IsAssignableFrom(type) || type == typeof(Alignment.Rl.GeneralizedAdvantageEstimation);

    // A group whose own properties are checked in their turn, a value that has a text, or something whose kind is all there is to say.
    private static bool IsDescribed(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(ITokenizer) || IsLoss(type) || IsOfRl(type) || IsOptions(type)) return true;
        return typeof(IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments() is { Length: > 0 } elements && elements.All(IsDescribed);
    }

    private sealed class Loop
    {
        public Loop? Next { get; set; }
    }

    private sealed record Values
    {
        public int[] Array { get; init; } = [1, 2];

        public LearningRateSchedule Enum { get; init; } = LearningRateSchedule.Cosine;

        public bool Flag { get; init; }

        public float[] Floats { get; init; } = [];

        public IReadOnlyDictionary<string, FDivergence> Groups { get; init; } = new Dictionary<string, FDivergence> { ["b"] = new AlphaDivergence(), ["1,5"] = new ForwardKl() };

        public Func<int> Function { get; init; } = () => 1;

        public double Large { get; init; } = 1e20;

        public Dictionary<string, int> Map { get; init; } = new() { ["b"] = 1, ["1,5"] = 2 };

        public string? Missing { get; init; }

        public double Nan { get; init; } = double.NaN;

        public double Negative { get; init; } = -0.0;

        public float Single { get; init; } = 0.1f;

        public double Small { get; init; } = 1.5e-7;

        public string Text { get; init; } = "a, 'b'";

        public IReadOnlyList<string> Texts { get; init; } = ["a, b", "it's"];

        public TimeSpan Time { get; init; } = new(1, 2, 3, 4);

        public int Whole { get; init; } = -1234567;

        public int Computed => Whole * 2;
    }
}
