using System.ComponentModel;

namespace Alignment.Samples;

/// <summary>What samples can be told that ask a model for feedback.</summary>
/// <param name="name">Names the folder that results go to where none is given.</param>
/// <param name="sample">What is learnt where no data is given; null for the emergency advice.</param>
internal abstract class FeedbackSettings(string name, SampleData? sample = null) : TrainingSettings(name, sample)
{
    [Description("Asks a scripted model and no endpoint, also where OPENAI_API_KEY is set")]
    public bool Offline { get; init; }

    [Description("Calls of the endpoint that are under way at once")]
    public int Concurrency { get; init; } = 4;

    [Description("What a million tokens of questions cost at the endpoint")]
    public double InputPrice { get; init; }

    [Description("What a million tokens of answers cost at the endpoint")]
    public double OutputPrice { get; init; }

    [Description("What the endpoint may cost at most, by these prices; a later run with the same --output goes on where the money ended")]
    public double? CostCap { get; init; }
}
