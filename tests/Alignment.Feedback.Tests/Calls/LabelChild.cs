namespace Alignment.Feedback.Tests.Calls;

/// <summary>Asks a question for each of some rows, keeps answers in a journal, and says each row that is done.</summary>
internal static class LabelChild
{
    public const int Rows = 200;

    public static async Task<int> RunAsync(string address, string journal)
    {
        using var client = ChatEndpoints.From(name => name == "OPENAI_BASE_URL" ? address : null, new ChatEndpointOptions { DefaultModel = "m" });
        using var pipeline = new CallPipeline(client, new() { Journal = journal, Concurrency = 4, Prices = new() { InputPerMillion = 1, OutputPerMillion = 1 } });
        Console.WriteLine("open");
        var outcomes = await pipeline.MapAsync([.. Enumerable.Range(0, Rows)], async (row, token) =>
        {
            var first = await pipeline.AskAsync(ChatCall.Of("Add.", $"{row} a"), token);
            var second = await pipeline.AskAsync(ChatCall.Of("Add.", $"{row} b {first.Text}"), token);
            Console.WriteLine($"row {row}");
            return second.Text;
        });
        foreach (var outcome in outcomes) Console.WriteLine($"result {outcome.Row} {outcome.Result}");
        Console.WriteLine("done");
        return 0;
    }
}
