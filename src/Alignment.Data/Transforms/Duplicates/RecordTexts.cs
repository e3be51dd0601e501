namespace Alignment.Data.Transforms;

/// <summary>The transcripts of a record of any kind, its prompt first.</summary>
internal static class RecordTexts
{
    /// <exception cref="ArgumentException">The record is of a kind that is not known here.</exception>
    public static Transcript[] Of(IPromptRecord record) => record switch
    {
        PreferencePair pair => [pair.Prompt, pair.Chosen, pair.Rejected],
        UnpairedResponse response => [response.Prompt, response.Response],
        RatedResponse response => [response.Prompt, response.Response],
        Demonstration demonstration => [demonstration.Prompt, demonstration.Response],
        PromptOnly prompt => [prompt.Prompt],
        _ => throw new ArgumentException(
            $"Records are compared as PreferencePair, UnpairedResponse, RatedResponse, Demonstration or PromptOnly; of others only prompts are. " +
            $"Actual record was {record?.GetType().Name ?? "null"}.", nameof(record)),
    };
}
