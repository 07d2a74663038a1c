package org.imagingutility.itests.allocations;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Puts a call of {@link Allocations#next} in front of each allocation of this project's classes. */
public final class AllocationAgent implements ClassFileTransformer {
    private static final String PROJECT = "org/imagingutility/";
    private static final String TESTS = "org/imagingutility/itests/";
    private static final String COUNTER = Allocations.class.getName().replace('.', '/');

    private AllocationAgent() {
    }

    /** Called by the virtual machine before {@code main}. */
    public static void premain(String options, Instrumentation instrumentation) {
        instrumentation.addTransformer(new AllocationAgent());
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (name == null || !name.startsWith(PROJECT) || name.startsWith(TESTS)) {
            return null;
        }
        try {
            ClassReader reader = new ClassReader(bytes);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
                @Override
                public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] exceptions) {
                    MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
                    // a class whose initialisation failed is of no use for the rest of the process
                    return method.equals("<clinit>") ? next : new Counted(next);
                }
            }, 0);
            return writer.toByteArray();
        } catch (RuntimeException e) {
            // else the virtual machine would go on without it, and nobody would know
            System.err.println("cannot be prepared: " + name + ": " + e);
            return null;
        }
    }

    /** A method in which allocations are counted: of objects, of arrays, and of lambdas and joined texts. */
    private static final class Counted extends MethodVisitor {
        Counted(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        private void count() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTER, "next", "()V", false);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
                count();
            }
            super.visitTypeInsn(opcode, type);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                count();
            }
            super.visitIntInsn(opcode, operand);
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            count();
            super.visitMultiANewArrayInsn(descriptor, dimensions);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            count();
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        }
    }
}
