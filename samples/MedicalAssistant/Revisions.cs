using Alignment.Feedback;

namespace Alignment.Samples;

/// <summary>Shows what became of some answers.</summary>
internal static class Revisions
{
    public static void Show(IReadOnlyList<RevisionTrace> traces)
    {
        var revised = traces.Where(trace => trace.IsRevised).ToList();
        Screen.Line($"Constitutional AI, first stage: {revised.Count:N0} of {traces.Count:N0} answers were revised. For example:");
        Screen.Table(["Prompt", "The policy's answer", "Critique", "Revision"], Interview.Some(revised, 3).Select(trace => (string[])
        [
            trace.Prompt.Plain(), trace.Initial.Plain(), trace.Steps.First(step => step.Revision is not null).Critique, trace.Final.Plain(),
        ]));
    }
}
