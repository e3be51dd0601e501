using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction : long { None = 0, Mean = 1, Sum = 2 }

        public static partial class functional
        {
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) => Op.Run("binary_cross_entropy", input, target, weight, (long)reduction);
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) => Op.Run("binary_cross_entropy_with_logits", input, target, weight, pos_weights, (long)reduction);
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) => Op.Run("cross_entropy_loss", input, target, weight, (long)reduction, ignore_index, label_smoothing);
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => inplace ? Op.Into(input, "dropout_", input, p, training) : Op.Run("dropout", input, p, training);
            public static Tensor gelu(Tensor x) => Op.Run("gelu", x);
            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false) => inplace ? Op.Into(x, "gelu_", x, approximate.ToString()) : Op.Run("gelu", x, approximate.ToString());
            public static Tensor gelu(Tensor x, bool inplace) => inplace ? Op.Into(x, "gelu_", x) : Op.Run("gelu", x);
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) => Op.Run("kl_div", input, target, (long)reduction, log_target);
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1E-05) => Op.Run("layer_norm", input, normalized_shape, weight, bias, eps);
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Op.Run("linear", input, weights, bias);
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);
            public static Tensor logsigmoid(Tensor x) => x.log_sigmoid();
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Op.Run("mse_loss", input, target, (long)reduction);
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) => Op.Run("nll_loss_nd", input, target, weight, (long)reduction);
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Op.Run("one_hot", x, num_classes);
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0.0) => Op.Run("constant_pad_nd", input, mode == PaddingModes.Constant ? pad : throw new System.NotSupportedException("Only constant padding is supported."), value);
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();
            public static Tensor sigmoid(Tensor x) => x.sigmoid();
            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_() : x.sigmoid();
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_() : x.silu();
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => Op.Run("softplus", x, beta, threshold);
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();
        }
    }
}
