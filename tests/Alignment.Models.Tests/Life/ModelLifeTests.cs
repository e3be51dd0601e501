using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Who owns what, and that nothing is left over.</summary>
public sealed class ModelLifeTests
{
    [Fact]
    public void A_model_outlives_the_scope_in_which_it_was_made()
    {
        DecoderModel made, loaded;
        DecodingSession session;
        using (NewDisposeScope())
        {
            made = DecoderModel.FromScratch(TinyLlama.Config, 1);
            loaded = PretrainedModel.Load(LlamaRecord.Folder);
            session = made.StartDecoding([[1, 2], [3]], 3);
            session.Append(tensor(new long[] { 1, 2 }));
        }
        using (NewDisposeScope()) session.Append(tensor(new long[] { 3, 4 }));
        Assert.Equal([2, 37], session.Logits.shape);
        foreach (var model in (DecoderModel[])[made, loaded])
        {
            using var scope = NewDisposeScope();
            using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 5));
            Assert.True(model.TokenLogProbs(layout).Values.isfinite().all().item<bool>());
            Assert.DoesNotContain(true, model.parameters().Select(parameter => parameter.IsInvalid));
            model.Dispose();
        }
        session.Dispose();
    }

    [Fact]
    public void Steps_leave_no_tensors_behind()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        long Step()
        {
            using (NewDisposeScope())
            {
                using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 5), TinyLlama.Ids(2, 9));
                model.TokenLogProbs(layout).Values.sum().backward();
                model.zero_grad();
                using var session = model.StartDecoding([[1, 2], [3]], 4);
                for (var i = 0; i < 4; i++) session.Append(session.Logits.argmax(1));
            }
            return Tensor.TotalCount;
        }
        Collect();
        Step();
        var count = Step();
        for (var i = 0; i < 3; i++) Assert.Equal(count, Step());
    }

    [Fact]
    public void Outside_a_scope_only_results_are_left()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 5), TinyLlama.Ids(2, 9));
        Collect();
        var count = Tensor.TotalCount;
        using var hidden = model.Hidden(layout);
        Assert.Equal(count + 1, Tensor.TotalCount);
        var session = model.StartDecoding([[1, 2], [3]], 4);
        Assert.Equal(count + 1 + 2 * 2 + 4, Tensor.TotalCount);   // keys and values of two layers, mask, positions, output weight, logits
        using (var ids = tensor(new long[] { 1, 2 })) session.Append(ids);
        Assert.Equal(count + 1 + 2 * 2 + 4, Tensor.TotalCount);
        session.Dispose();
        Assert.Equal(count + 1, Tensor.TotalCount);
    }

    [Fact]
    public void A_model_that_cannot_be_loaded_frees_what_it_had_read()
    {
        using var folder = new TemporaryFolder();
        var config = DecoderConfig.Load(LlamaRecord.Path("config.json"));
        foreach (var path in Directory.GetFiles(LlamaRecord.Folder)) File.Copy(path, folder.File(Path.GetFileName(path)));
        (config with { Layers = 1 }).Save(folder.File("config.json"));
        Collect();
        var count = Tensor.TotalCount;
        Assert.Throws<WeightMismatchException>(() => PretrainedModel.Load(folder.Path));
        Assert.Equal(count + 12, Tensor.TotalCount);   // making a Parameter of a tensor leaves that tensor's count, here for each of twelve
    }

    [Fact]
    public void Decoding_records_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var session = model.StartDecoding([[1, 2], [3]], 1);
        Assert.False(session.Logits.requires_grad);
        session.Append(tensor(new long[] { 1, 2 }));
        Assert.False(session.Logits.requires_grad);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void A_moved_model_computes_in_its_new_type()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 5));
        var single = model.TokenLogProbs(layout).Values.detach();
        TorchSharp.ModuleExtensionMethods.to(model, ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, model.Hidden(layout).dtype);
        Assert.InRange(TinyLlama.LargestDifference(single, model.TokenLogProbs(layout).Values.detach()), 0, 1e-4);
        TorchSharp.ModuleExtensionMethods.to(model, ScalarType.BFloat16);
        Assert.Equal(ScalarType.BFloat16, model.Hidden(layout).dtype);
        Assert.InRange(TinyLlama.LargestDifference(single, model.TokenLogProbs(layout).Values.detach()), 1e-6, 0.2);   // 8 bits of mantissa
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
