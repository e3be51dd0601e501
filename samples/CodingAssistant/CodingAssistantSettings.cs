using System.ComponentModel;

namespace Alignment.Samples;

/// <summary>What samples/CodingAssistant can be told.</summary>
[Description("A coding assistant: fine-tuning, pairs by criteria from experts and from a model, DPO, and what each of them brought.")]
internal sealed class CodingAssistantSettings : FeedbackSettings
{
    public CodingAssistantSettings() : base("coding-assistant", SampleData.Coding) => MaxNewTokens = 120;

    [Description("Fine-tunes --model on both answers of the pairs first, as is done with a new model")]
    public bool FineTune { get; init; }

    [Description("File with the criteria by which answers are labelled, as principles of a constitution; without it criteria.yaml of the sample")]
    public string? Criteria { get; init; }

    [Description("Prompts that the fine-tuned model answers twice, to be labelled by the adviser")]
    public int Labelled { get; init; } = 500;

    [Description("How sure a label must be to make a pair, from 0.5 to 1")]
    public double LeastSure { get; init; } = 0.55;

    [Description("Held-out pairs that the adviser labels too, to be compared with the experts")]
    public int Calibrated { get; init; } = 320;

    [Description("Held-out prompts whose answers are judged against one another")]
    public int Judged { get; init; } = 320;

    [Description("Pull towards the fine-tuned model, per nat")]
    public double Beta { get; init; } = 0.05;

    [Description("The pull that it is compared with")]
    public double OtherBeta { get; init; } = 0.1;

    [Description("Temperature at which answers are drawn")]
    public double Temperature { get; init; } = 0.7;

    [Description("Share of held-out answers without a fault that is good enough")]
    public double MinPassRate { get; init; } = 0.75;

    [Description("Win rate against the fine-tuned model that is good enough")]
    public double MinWinRate { get; init; } = 0.55;

    [Description("Held-out accuracy on the experts' pairs that is good enough")]
    public double MinAccuracy { get; init; } = 0.85;

    /// <exception cref="ArgumentException">A value can't be; better now than after minutes of training.</exception>
    public void Validate()
    {
        Require(Labelled >= 0, "--labelled must be 0 or more.");
        Require(LeastSure is >= 0.5 and <= 1, "--least-sure must be between 0.5 and 1.");
        Require(Calibrated >= 1 && Judged >= 1, "--calibrated and --judged must be at least 1.");
        Require(Beta > 0 && OtherBeta > 0 && Beta != OtherBeta, "--beta and --other-beta must be two different numbers greater than 0.");
        Require(Temperature > 0, "--temperature must be greater than 0.");
    }

    private static void Require(bool isMet, string message)
    {
        if (!isMet) throw new ArgumentException(message);
    }
}
