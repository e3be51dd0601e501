using System.Text;

namespace Alignment.Feedback;

/// <summary>Which technique to train with, how, and why.</summary>
/// <param name="Technique">The technique.</param>
/// <param name="UsesLora">Whether a low-rank adapter is trained instead of all weights.</param>
/// <param name="Reasons">What speaks for it, and for its options.</param>
/// <param name="Rejected">The other techniques, and what speaks against them.</param>
/// <param name="Warnings">What should be done first.</param>
/// <param name="Code">C# with the options that are advised.</param>
public sealed record TechniqueAdvice(
    Technique Technique, bool UsesLora, IReadOnlyList<Reason> Reasons, IReadOnlyList<RejectedTechnique> Rejected,
    IReadOnlyList<string> Warnings, string Code)
{
    /// <summary>The advice as text for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(TechniqueAdvisor.NameOf(Technique));
        foreach (var warning in Warnings) text.Append("  first: ").AppendLine(warning);
        foreach (var reason in Reasons) text.Append("  because ").AppendLine(Line(reason));
        foreach (var rejected in Rejected) text.Append("  not ").Append(TechniqueAdvisor.NameOf(rejected.Technique)).Append(": ")
            .AppendLine(Line(rejected.Why));
        return text.AppendLine().Append(Code).ToString();
    }

    private static string Line(Reason reason) => reason.Source is null ? reason.Text : $"{reason.Text} ({reason.Source})";
}
