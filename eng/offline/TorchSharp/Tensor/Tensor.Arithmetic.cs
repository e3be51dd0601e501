namespace TorchSharp;

public static partial class torch
{
    // Sums, products and quotients. The names after "Op." are those of PyTorch's own schemas.
    public partial class Tensor
    {
        public Tensor add(Scalar scalar) => Op.Run("add.Tensor", this, scalar);
        public Tensor add(Scalar scalar, Scalar alpha) => Op.Run("add.Scalar", this, scalar, alpha);
        public Tensor add(Tensor target) => Op.Run("add.Tensor", this, target);
        public Tensor add(Tensor target, Scalar alpha) => Op.Run("add.Tensor", this, target, alpha);
        public Tensor add_(Scalar scalar) => Op.Into(this, "add_.Tensor", this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => Op.Into(this, "add_.Scalar", this, scalar, alpha);
        public Tensor add_(Tensor target) => Op.Into(this, "add_.Tensor", this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Op.Into(this, "add_.Tensor", this, target, alpha);
        public Tensor sub(Scalar target) => Op.Run("sub.Tensor", this, target);
        public Tensor sub(Tensor target) => Op.Run("sub.Tensor", this, target);
        public Tensor sub_(Scalar target) => Op.Into(this, "sub_.Tensor", this, target);
        public Tensor sub_(Tensor target) => Op.Into(this, "sub_.Tensor", this, target);
        public Tensor mul(Scalar target) => Op.Run("mul.Tensor", this, target);
        public Tensor mul(Tensor target) => Op.Run("mul.Tensor", this, target);
        public Tensor mul_(Scalar target) => Op.Into(this, "mul_.Tensor", this, target);
        public Tensor mul_(Tensor target) => Op.Into(this, "mul_.Tensor", this, target);
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Run("addcmul", this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Into(this, "addcmul_", this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Op.Run("addcdiv", this, tensor1, tensor2);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Run("addcdiv", this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Op.Into(this, "addcdiv_", this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Into(this, "addcdiv_", this, tensor1, tensor2, value);
        public Tensor remainder(Scalar scalar) => Op.Run("remainder.Scalar", this, scalar);
        public Tensor remainder(Tensor target) => Op.Run("remainder.Tensor", this, target);
        public Tensor remainder_(Scalar scalar) => Op.Into(this, "remainder_.Scalar", this, scalar);
        public Tensor remainder_(Tensor target) => Op.Into(this, "remainder_.Tensor", this, target);
        public Tensor fmod(Scalar scalar) => Op.Run("fmod.Scalar", this, scalar);
        public Tensor fmod(Tensor target) => Op.Run("fmod.Tensor", this, target);
        public Tensor floor_divide(Scalar other) => Op.Run("floor_divide.Scalar", this, other);
        public Tensor floor_divide(Tensor other) => Op.Run("floor_divide", this, other);
        public Tensor true_divide(Scalar other) => Op.Run("true_divide.Scalar", this, other);
        public Tensor true_divide(Tensor other) => Op.Run("true_divide.Tensor", this, other);
        public Tensor multiply(Scalar target) => Op.Run("multiply.Scalar", this, target);
        public Tensor multiply(Tensor target) => Op.Run("multiply.Tensor", this, target);
        public Tensor subtract(Scalar target) => Op.Run("subtract.Scalar", this, target);
        public Tensor subtract(Tensor target) => Op.Run("subtract.Tensor", this, target);
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Op.Run("div.Tensor_mode", this, target, Rounding(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Op.Run("div.Scalar_mode", this, target, Rounding(rounding_mode));
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Op.Into(this, "div_.Tensor_mode", this, target, Rounding(rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Op.Into(this, "div_.Scalar_mode", this, target, Rounding(rounding_mode));
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        private static string? Rounding(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }
}
