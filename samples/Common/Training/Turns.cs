namespace Alignment.Samples;

/// <summary>Rows of plain text as a turn of the user and one of the assistant, so that the model's chat template writes every row.</summary>
internal static class Turns
{
    public static T Of<T>(T row) where T : IPromptRecord => (T)(row switch
    {
        PreferencePair pair => pair with { Prompt = Asked(pair.Prompt), Chosen = Answered(pair.Chosen), Rejected = Answered(pair.Rejected) },
        UnpairedResponse judged => judged with { Prompt = Asked(judged.Prompt), Response = Answered(judged.Response) },
        Demonstration shown => shown with { Prompt = Asked(shown.Prompt), Response = Answered(shown.Response) },
        IPromptRecord other => other,
    });

    private static Transcript Asked(Transcript text) => Of("user", text);

    private static Transcript Answered(Transcript text) => Of("assistant", text);

    private static Transcript Of(string role, Transcript text) => text.IsConversational ? text : new([new ChatMessage(role, text.Text)]);
}
