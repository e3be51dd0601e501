namespace Alignment.Feedback;

/// <summary>Says which technique fits data, machine and goal.</summary>
/// <remarks>
/// The tree: no pairs - KTO, or Constitutional AI; fewer than 10,000 pairs - DPO; more - RLHF (PPO) can be considered, where the machine holds its
/// four models.
/// Thresholds are rules of thumb; each reason names the paper that it stands on.
/// </remarks>
public static class TechniqueAdvisor
{
    /// <summary>Pairs from which on RLHF can be considered.</summary>
    public const long PairsForPpo = 10_000;

    /// <summary>The advice.</summary>
    /// <param name="request">Data, machine, model and goal.</param>
    public static TechniqueAdvice Advise(AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (reasons, rejected, warnings) = (new List<Reason>(), new List<RejectedTechnique>(), Warnings(request));
        var technique = request.Data.Shape == DataShape.Pairs ? OfPairs(request, reasons, rejected) : WithoutPairs(request, reasons, rejected);
        var usesLora = UsesLora(technique, request, reasons, warnings);
        var code = new AdvisedOptions(request, usesLora, reasons).Of(technique);
        return new TechniqueAdvice(technique, usesLora, reasons, rejected, warnings, code);
    }

    internal static string NameOf(Technique technique) => technique switch
    {
        Technique.Dpo => "DPO",
        Technique.Kto => "KTO",
        Technique.Ppo => "RLHF (reward model and PPO)",
        _ => "Constitutional AI",
    };

    private static Technique OfPairs(AdviceRequest request, List<Reason> reasons, List<RejectedTechnique> rejected)
    {
        var rows = request.Data.Rows;
        rejected.Add(new(Technique.Kto, new("pairs tell more than their halves: KTO is for single responses", Papers.Kto)));
        rejected.Add(new(Technique.ConstitutionalAi, request.Goal == TrainingGoal.Rules
            ? new("there are pairs already; its pairs of revised and first answers can be added to them", Papers.ConstitutionalAi)
            : new("there are labels of people already, which labels of a model would replace", Papers.Rlaif)));
        if (rows < PairsForPpo)
        {
            reasons.Add(new(FormattableString.Invariant(
                $"{rows:N0} pairs are fewer than {PairsForPpo:N0}: DPO learns them directly, without a reward model or sampling"), Papers.Dpo));
            rejected.Add(new(Technique.Ppo, new(FormattableString.Invariant($"a reward model of {rows:N0} pairs is soon over-optimised"),
                Papers.OverOptimization)));
            return Technique.Dpo;
        }
        var need = MemoryNeed.Lora(Technique.Ppo, request.BillionWeights);
        if (need > request.Hardware.GpuMemory)   // 0 where there is none
        {
            reasons.Add(new(FormattableString.Invariant(
                $"{rows:N0} pairs would carry RLHF, but the machine does not: DPO needs no reward model, no value model and no sampling"),
                    Papers.Dpo));
            rejected.Add(new(Technique.Ppo, new(request.Hardware.HasGpu
                ? FormattableString.Invariant($"policy, reference, reward and value model need {need:0} GiB even with adapters; there are {request.Hardware.GpuMemory:0}")
                : "sampling answers in every step takes an accelerator, and there is none", Papers.Rlhf)));
            return Technique.Dpo;
        }
        reasons.Add(new(FormattableString.Invariant(
            $"{rows:N0} pairs are {PairsForPpo:N0} or more, and the machine holds four models: RLHF can be considered"), Papers.Rlhf));
        reasons.Add(new("tuned well it surpasses DPO, as it learns from the policy's own answers", Papers.PpoOrDpo));
        rejected.Add(new(Technique.Dpo, new("the simpler way and a good first run: take it where PPO's tuning is not worth a small gain",
            Papers.Unpacking)));
        return Technique.Ppo;
    }

    private static Technique WithoutPairs(AdviceRequest request, List<Reason> reasons, List<RejectedTechnique> rejected)
    {
        var data = request.Data;
        rejected.Add(new(Technique.Dpo, new("there are no pairs", Papers.Dpo)));
        rejected.Add(new(Technique.Ppo, new("a reward model learns from pairs, and there are none", Papers.Rlhf)));
        var hasBothClasses = data is { Shape: DataShape.Unpaired } and not ({ Desirable: 0 } or { Undesirable: 0 });
        if (hasBothClasses && request.Goal == TrainingGoal.Preferences)
        {
            reasons.Add(new(FormattableString.Invariant($"{data.Rows:N0} single responses with good and bad marks are what KTO learns from"),
                Papers.Kto));
            rejected.Add(new(Technique.ConstitutionalAi, new("there are labels of people already, which labels of a model would replace",
                Papers.Rlaif)));
            return Technique.Kto;
        }
        reasons.Add(new(request.Goal == TrainingGoal.Rules
            ? "what shall be learnt can be written down: a model criticises and revises by it, and labels pairs by it"
            : "nobody has said which answers are better: a model can, by written principles", Papers.ConstitutionalAi));
        reasons.Add(new("labels of a model come close to those of people", Papers.Rlaif));
        rejected.Add(new(Technique.Kto, hasBothClasses
            ? new("it learns the marks, and the rules only as far as the marks follow them", Papers.Kto)
            : new(data.Shape == DataShape.Unpaired ? "all responses are of one class: there is nothing to tell apart"
                : "there are no good and bad marks", Papers.Kto)));
        return Technique.ConstitutionalAi;
    }

    private static bool UsesLora(Technique technique, AdviceRequest request, List<Reason> reasons, List<string> warnings)
    {
        var (full, lora, available) = (MemoryNeed.Full(technique, request.BillionWeights), MemoryNeed.Lora(technique, request.BillionWeights),
            request.Hardware.Available);
        if (full <= available) return false;
        reasons.Add(new(FormattableString.Invariant(
            $"training all weights needs {full:0} GiB, and there are {available:0}: adapters need {lora:0}"), Papers.Lora));
        if (lora > available)
            warnings.Add(FormattableString.Invariant(
                $"Take a smaller model: {request.BillionWeights:0.##} billion weights need {lora:0} GiB even with adapters, and there are {available:0}."));
        return true;
    }

    private static List<string> Warnings(AdviceRequest request)
    {
        var warnings = new List<string>();
        if (request.Data.Errors.Count > 0) warnings.Add($"Mend what the data report calls errors: {string.Join(", ", request.Data.Errors)}.");
        if (request.Data.Rows == 0) warnings.Add("Get data: there are no rows.");
        if (request.Data is { Shape: DataShape.Pairs or DataShape.Unpaired, Noise: null })
            warnings.Add("Measure the noise of the labels, which nobody did: have a part judged again.");
        if (request.Data is { Noise: > 0.3 }) warnings.Add("Have the data labelled again: more than three in ten labels seem flipped.");
        return warnings;
    }
}
