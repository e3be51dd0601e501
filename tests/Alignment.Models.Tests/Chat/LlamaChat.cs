using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Alignment.Models.Tests;

/// <summary>The recorded tiny Llama as a chat partner, and what transformers says in its place.</summary>
internal sealed class LlamaChat : IDisposable
{
    public const int StopId = 260;   // the end token of the recorded generation that stops
    public const string Stop = "<stop>";

    private static readonly JsonElement Io = Golden.Json("models", "llama", "io.json");

    public LlamaChat(PolicyChatOptions? options = null, int? endId = null) =>
        Client = new PolicyChatClient(Model, new SymbolTokenizer(Model.VocabularySize, endId, (StopId, Stop)), Template, options);

    public DecoderModel Model { get; } = PretrainedModel.Load(LlamaRecord.Folder);

    public LastMessageTemplate Template { get; } = new();

    public PolicyChatClient Client { get; }

    /// <summary>The prompt of a recorded row, as text.</summary>
    public static string Prompt(int row)
    {
        var mask = Recorded("attention_mask", row);
        return SymbolTokenizer.Text([.. Recorded("input_ids", row).Where((_, t) => mask[t] == 1)]);
    }

    /// <summary>The greedy tokens of transformers after that prompt, as text; 24 of them unless fewer are asked for.</summary>
    public static string Answer(int row, int tokens = 24) =>
        SymbolTokenizer.Text(Recorded("new_tokens", row)[..tokens]).Replace(SymbolTokenizer.Text(StopId), "", StringComparison.Ordinal);

    /// <summary>Updates of a stream in order.</summary>
    public async Task<List<ChatResponseUpdate>> StreamAsync(string prompt, ChatOptions? options = null)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in Client.GetStreamingResponseAsync(prompt, options)) updates.Add(update);
        return updates;
    }

    public void Dispose()
    {
        Client.Dispose();
        Model.Dispose();
    }

    private static int[] Recorded(string key, int row) => Io.GetProperty("generation").GetProperty(key)[row].Deserialize<int[]>()!;
}
