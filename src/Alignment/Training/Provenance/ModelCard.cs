using System.Security.Cryptography;
using System.Text;

namespace Alignment.Training;

/// <summary>The README.md that the Hub shows for a model, and provenance.json beside it for programs. Texts are plain: Markdown in them is shown, not followed.</summary>
/// <remarks>What the card says of license, data and intended use is the author's to decide; nothing is assumed.</remarks>
public sealed record ModelCard
{
    internal const string CardName = "README.md";
    internal const string ProvenanceName = "provenance.json";

    private const string MarkerStart = "<!-- Written by Alignment. SHA-256 of what stands above: ";
    private const string MarkerEnd = " -->\n";

    /// <summary>The heading.</summary>
    /// <value>The default is null: the name of the folder.</value>
    public string? Title { get; init; }

    /// <summary>What the model is and is meant for; an empty line parts two paragraphs.</summary>
    /// <value>The default is null: left out.</value>
    public string? Description { get; init; }

    /// <summary>The license's name as the Hub knows it, such as <c>apache-2.0</c>.</summary>
    /// <value>The default is null: left out.</value>
    public string? License { get; init; }

    /// <summary>Languages as the Hub knows them, such as <c>en</c>.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Languages { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>Tags beside those of the method and the library.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Tags { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>Writes both files into the folder of a saved model; each is there in full or not at all.</summary>
    /// <remarks>
    /// A card that this library wrote and nobody changed is replaced. Any other README.md stays, under the name <c>README.1.md</c> or the next that is free.
    /// </remarks>
    /// <param name="folder">The folder that <c>SavePretrained</c> wrote.</param>
    /// <param name="provenance">How the model came about.</param>
    /// <exception cref="IOException">There is no such folder, or it can't be written.</exception>
    public void Write(string folder, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(provenance);
        folder = Path.GetFullPath(folder);
        JsonText.Write(Path.Combine(folder, ProvenanceName), ProvenanceJson.Of(provenance, HashedFile.OfModel(folder)));
        var text = ModelCardText.Of(this, provenance, Title ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), LoadingText.KindOf(folder));
        var path = Path.Combine(folder, CardName);
        if (File.Exists(path) && !IsOurs(File.ReadAllText(path))) SetAside(path);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text + MarkerOf(text))));
    }

    private static string MarkerOf(string text) => $"{MarkerStart}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}{MarkerEnd}";

    private static bool IsOurs(string card)
    {
        var start = card.LastIndexOf(MarkerStart, StringComparison.Ordinal);
        return start >= 0 && card[start..] == MarkerOf(card[..start]);
    }

    private static void SetAside(string path)
    {
        for (var i = 1; ; i++)
        {
            var aside = Path.ChangeExtension(path, FormattableString.Invariant($".{i}.md"));
            if (Path.Exists(aside)) continue;
            File.Move(path, aside);
            return;
        }
    }
}
