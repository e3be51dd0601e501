using Alignment.Losses;
using Alignment.Training;

namespace Alignment.Feedback;

/// <summary>Options as C#; the compiler checks every name that the text holds, those of adapters excepted, which stand in another assembly.</summary>
internal sealed class AdvisedOptions(AdviceRequest request, bool usesLora, List<Reason> reasons)
{
    private const double Slight = 0.02, Strong = 0.1;      // noise from which smoothing, and from which the unbiased loss
    private const double MostSmoothing = 0.45;
    private const double NotableLength = 0.1;              // distance of the length's AUC from one half
    private const double MostClassRatio = 4.0 / 3.0;
    private const int LoraSpeedUp = 10;                    // adapters take some ten times the rate of whole weights

    private DataProfile Data => request.Data;

    public string Of(Technique technique) => technique switch
    {
        Technique.Dpo => Dpo("dpo", "options"),
        Technique.Kto => Kto(),
        Technique.Ppo => Ppo(),
        _ => ConstitutionalAi(),
    } + Lora();

    private string Dpo(string folder, string name) => Statement(name, new CodeObject(nameof(DpoOptions))
        .With(nameof(DpoOptions.Loss), PairLoss())
        .With(nameof(DpoOptions.Run), Run(folder, Data.Rows))
        .With(nameof(DpoOptions.Optimizer), Optimizer(DpoOptions.UsualLearningRate)));

    private CodeObject PairLoss()
    {
        var loss = new CodeObject(nameof(DpoLoss)).With(nameof(DpoLoss.Beta), 0.1);
        if (Data is { Shape: DataShape.Pairs, Noise: { } noise and >= Slight })
        {
            var smoothing = Math.Min(MostSmoothing, Math.Round(noise, 2));
            loss = new CodeObject(noise < Strong ? nameof(DpoLoss) : nameof(RobustDpoLoss)).With(nameof(DpoLoss.Beta), 0.1)
                .With(nameof(DpoLoss.LabelSmoothing), smoothing);
            reasons.Add(noise < Strong
                ? new(FormattableString.Invariant($"about {noise:P0} of the labels seem flipped: smoothing reckons with it"),
                    Papers.ConservativeDpo)
                : new(FormattableString.Invariant($"about {noise:P0} of the labels seem flipped: the robust loss takes their bias out"),
                    Papers.RobustDpo));
        }
        if (Data is not { Shape: DataShape.Pairs, LengthAuc: { } auc } || Math.Abs(auc - 0.5) < NotableLength) return loss;
        reasons.Add(new(FormattableString.Invariant(
            $"length alone tells the label with an AUC of {auc:0.00} ({Papers.Length}): tokens beyond the shared length count half"),
                Papers.LengthDesensitized));
        return new CodeObject(nameof(LengthDesensitizedLoss)).With(nameof(LengthDesensitizedLoss.Alpha), 0.5)
            .With(nameof(LengthDesensitizedLoss.Loss), loss);
    }

    private string Kto()
    {
        var loss = new CodeObject(nameof(KtoLoss)).With(nameof(KtoLoss.Beta), 0.1);
        var ratio = (double)Data.Desirable.GetValueOrDefault(1) / Data.Undesirable.GetValueOrDefault(1);
        // The nearest weight that brings the ratio into 1 to 4/3, rounded into that range.
        if (ratio < 1) loss.With(nameof(KtoLoss.DesirableWeight), Math.Ceiling(100 / ratio) / 100);
        if (ratio > MostClassRatio) loss.With(nameof(KtoLoss.UndesirableWeight), Math.Ceiling(100 * ratio / MostClassRatio) / 100);
        if (ratio is < 1 or > MostClassRatio)
            reasons.Add(new(FormattableString.Invariant(
                $"{ratio:0.00} desirable responses come on an undesirable one: a weight brings that between 1 and 4/3"), Papers.KtoWeights));
        return Statement("options", new CodeObject(nameof(KtoOptions))
            .With(nameof(KtoOptions.Loss), loss)
            .With(nameof(KtoOptions.Run), Run("kto", Data.Rows, atLeastEight: true))
            .With(nameof(KtoOptions.Optimizer), Optimizer(KtoOptions.UsualLearningRate)));
    }

    private string Ppo()
    {
        reasons.Add(new("a small pull centers the rewards, which are otherwise free to drift together", Papers.Centering));
        var reward = Statement("rewardOptions", new CodeObject(nameof(RewardOptions))
            .With(nameof(RewardOptions.Loss), new CodeObject(nameof(BradleyTerryLoss))
                .With(nameof(BradleyTerryLoss.CenterRewardsCoefficient), 0.01))
            .With(nameof(RewardOptions.Run), Run("reward", Data.Rows))
            .With(nameof(RewardOptions.Optimizer), Optimizer(RewardOptions.UsualLearningRate)));
        var ppo = Statement("options", new CodeObject(nameof(PpoOptions))
            .With(nameof(PpoOptions.Kl), new CodeObject(nameof(KlOptions)).With(nameof(KlOptions.Coefficient), 0.05))
            .With(nameof(PpoOptions.Run), Run("ppo", Data.Rows))
            .With(nameof(PpoOptions.Optimizer), new CodeObject(nameof(OptimizerOptions))
                .With(nameof(OptimizerOptions.LearningRate), Rate(PpoOptions.UsualLearningRate))
                .With(nameof(OptimizerOptions.Epsilon), 1e-5)));
        return $"// 1. The reward model learns the pairs.\n{reward}\n// 2. The policy learns its reward.\n{ppo}";
    }

    private string ConstitutionalAi()
    {
        var korean = "FeedbackLanguage.Korean";
        var sft = Statement("sftOptions", new CodeObject(nameof(SftOptions))
            .With(nameof(SftOptions.Run), Run("sft", Data.Rows))
            .With(nameof(SftOptions.Optimizer), Optimizer(SftOptions.UsualLearningRate)));
        return
            $$"""
            // 1. Answers, criticised and revised. {{nameof(Constitution.Medical)}} and {{nameof(Constitution.SecureCoding)}} are other
            // constitutions, {{korean}} another language.
            var constitution = {{nameof(Constitution)}}.{{nameof(Constitution.General)}}();
            var reviserOptions = {{new CodeObject(nameof(ReviserOptions)).With(nameof(ReviserOptions.MaxRounds), 2).ToCode()}};
            // 2. The policy imitates the revised answers.
            {{sft}}// 3. Pairs of its answers are labelled by the same principles.
            var labelerOptions = {{new CodeObject(nameof(LabelerOptions)).With(nameof(LabelerOptions.PrinciplesPerPair), 4).ToCode()}};
            // 4. The policy learns the labels.
            {{Dpo("cai-dpo", "options")}}
            """;
    }

    private string Lora() => usesLora
        ? "\nvar lora = new LoraOptions { Rank = 16, Alpha = 32 };   // Alignment.Models: policy.Adapters.Add(\"policy\", lora, seed: 1)\n" : "";

    private CodeObject Optimizer(double rate) => new CodeObject(nameof(OptimizerOptions))
        .With(nameof(OptimizerOptions.LearningRate), Rate(rate))
        .With(nameof(OptimizerOptions.WarmupRatio), 0.1);

    private double Rate(double ofWholeModel) => usesLora ? ofWholeModel * LoraSpeedUp : ofWholeModel;

    // Some hundred steps where the rows give them: small sets take smaller steps and more passes.
    private CodeObject Run(string folder, long rows, bool atLeastEight = false)
    {
        var perStep = rows switch { < 500 => 16, < 5000 => 32, _ => 64 };
        var batch = atLeastEight ? 8 : request.Hardware.Available >= 40 ? 8 : 2;
        return new CodeObject(nameof(RunOptions))
            .With(nameof(RunOptions.Epochs), rows switch { < 1000 => 3, < 5000 => 2, _ => 1 })
            .With(nameof(RunOptions.BatchSize), batch)
            .With(nameof(RunOptions.GradientAccumulationSteps), perStep / batch)
            .With(nameof(RunOptions.Bf16), request.Hardware.HasGpu ? true : null)
            .With(nameof(RunOptions.GradientCheckpointing), true)
            .With(nameof(RunOptions.Checkpoints), new CodeObject(nameof(CheckpointOptions))
                .With(nameof(CheckpointOptions.Folder), $"runs/{folder}"));
    }

    private static string Statement(string name, CodeObject value) => $"var {name} = {value.ToCode()};\n";
}
